import { createFederatedSchema, operationsResolvers, resumable } from '@emporium/subgraph';
import type { GraphQLSchema } from 'graphql';
import type { OrderId } from '../application/ports.ts';
import { CallOffResolver } from './call-off.resolver.ts';
import { CartResolver } from './cart.resolver.ts';
import { CartLineResolver, CartWarningResolver } from './cart-line.resolver.ts';
import { PromotionResolver } from './checkout/promotion.resolver.ts';
import {
  CheckoutQuoteLineResolver,
  CheckoutQuoteResolver,
  CheckoutQuoteShipmentResolver,
} from './checkout/quote.resolver.ts';
import { ShippingRateResolver } from './checkout/shipping-rate.resolver.ts';
import { TaxResolver } from './checkout/tax.resolver.ts';
import type { Context } from './context.ts';
import { GuestOrderResolver } from './guest-order.resolver.ts';
import { OrderExportResolver } from './lists/order-export.resolver.ts';
import { OrderReceivedSubscription } from './lists/order-received.subscription.ts';
import { OrderSearchResolver } from './lists/order-search.resolver.ts';
import { SellerResolver } from './lists/seller.resolver.ts';
import { OrderResolver } from './order.resolver.ts';
import { OrderStatusSubscription } from './order-status.subscription.ts';
import { policy } from './policy.ts';
import { PurchaseResolver } from './purchase.resolver.ts';
import { ReturnLineResolver, ReturnResolver } from './returns/return.resolver.ts';
import { OrderLineResolver, ParcelLineResolver, ShipmentResolver } from './shipment.resolver.ts';
import { showOrder } from './show.ts';
import { SellerStub, UserStub, VariantStub } from './stubs.type.ts';
import { TimelineEntryResolver } from './timeline.resolver.ts';
import { UserResolver } from './user.resolver.ts';

/** The orders subgraph's schema. */
export const createSchema = (): Promise<GraphQLSchema> =>
  createFederatedSchema<Context>({
    resolvers: [
      CartResolver,
      CartLineResolver,
      CartWarningResolver,
      CheckoutQuoteResolver,
      CheckoutQuoteLineResolver,
      CheckoutQuoteShipmentResolver,
      ShippingRateResolver,
      TaxResolver,
      PromotionResolver,
      OrderResolver,
      GuestOrderResolver,
      ShipmentResolver,
      ParcelLineResolver,
      CallOffResolver,
      OrderLineResolver,
      UserResolver,
      ReturnResolver,
      ReturnLineResolver,
      TimelineEntryResolver,
      PurchaseResolver,
      OrderStatusSubscription,
      OrderSearchResolver,
      SellerResolver,
      OrderReceivedSubscription,
      OrderExportResolver,
      ...operationsResolvers('orders'),
    ],
    orphanedTypes: [UserStub, SellerStub, VariantStub],
    references: {
      Order: async ({ id }: { id: OrderId }, { loaders }) => {
        const order = await loaders.order.load(id);
        return order && showOrder(order);
      },
      User: ({ id }: { id: string }) => ({ id }),
      Seller: ({ id }: { id: string }) => ({ id }),
    },
    policy,
    sdl: resumable,
  });
