import { createFederatedSchema, operationsResolvers } from '@emporium/subgraph';
import type { GraphQLSchema } from 'graphql';
import { AdjustStockResolver } from './adjust-stock.resolver.ts';
import { AdministrationResolver } from './administration.resolver.ts';
import { BackorderResolver } from './backorder.resolver.ts';
import { HoldResolver } from './hold.resolver.ts';
import { LocationResolver } from './location.resolver.ts';
import { MovementResolver } from './movement.resolver.ts';
import { policy } from './policy.ts';
import { ProductVariantResolver } from './product-variant.resolver.ts';
import { SellerResolver } from './seller.resolver.ts';
import { Seller } from './seller.type.ts';
import { StockChangedResolver } from './stock-changed.resolver.ts';
import { ThresholdResolver } from './threshold.resolver.ts';

/** Inventory's part of the supergraph. */
export const createSchema = (): Promise<GraphQLSchema> =>
  createFederatedSchema({
    resolvers: [
      ProductVariantResolver,
      SellerResolver,
      AdjustStockResolver,
      AdministrationResolver,
      LocationResolver,
      MovementResolver,
      ThresholdResolver,
      BackorderResolver,
      HoldResolver,
      StockChangedResolver,
      ...operationsResolvers('inventory'),
    ],
    orphanedTypes: [Seller],
    references: {
      // Every id may be asked about: whether it exists shows in its availability.
      ProductVariant: ({ id }: { readonly id: string }) => ({ id }),
      Seller: ({ id }: { readonly id: string }) => ({ id }),
    },
    policy,
  });
