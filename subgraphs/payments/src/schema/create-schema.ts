import 'reflect-metadata';
import { createFederatedSchema, operationsResolvers, resumable } from '@emporium/subgraph';
import type { GraphQLSchema } from 'graphql';
import { ClaimResolver } from './claims/claim.resolver.ts';
import { ClaimRefusal } from './claims/claim-result.type.ts';
import { CommissionResolver } from './commission.resolver.ts';
import { DisputeResolver } from './disputes/dispute.resolver.ts';
import { DisputeRefusal } from './disputes/dispute-result.type.ts';
import { SellerResolver } from './disputes/seller.resolver.ts';
import { PaymentMethodResolver } from './methods/payment-method.resolver.ts';
import { PaymentMethodRefusal } from './methods/payment-method-result.type.ts';
import { OrderResolver } from './order.resolver.ts';
import { Order } from './order.type.ts';
import { policy } from './policy.ts';
import { ReconciliationResolver } from './reconciliation/reconciliation.resolver.ts';
import { ReconciliationRefusal } from './reconciliation/reconciliation-result.type.ts';
import { Seller } from './seller.type.ts';
import { SettlementResolver } from './settlement/settlement.resolver.ts';
import { SettlementRefusal } from './settlement/settlement-result.type.ts';
import { UserResolver } from './user.resolver.ts';
import { User } from './user.type.ts';
import { WalletResolver } from './wallet.resolver.ts';
import { WalletSubscription } from './wallet.subscription.ts';
import { WalletRefusal } from './wallet-result.type.ts';

/** Orders and accounts are others': any id is taken at its word, and its fields say what is known of it. */
const asItIs = ({ id }: { id: string }) => ({ id });

/** The federated schema of payments. */
export const createSchema = (): Promise<GraphQLSchema> =>
  createFederatedSchema({
    resolvers: [
      OrderResolver,
      DisputeResolver,
      SellerResolver,
      UserResolver,
      WalletResolver,
      CommissionResolver,
      SettlementResolver,
      ReconciliationResolver,
      ClaimResolver,
      WalletSubscription,
      PaymentMethodResolver,
      ...operationsResolvers('payments'),
    ],
    orphanedTypes: [
      Order,
      Seller,
      User,
      WalletRefusal,
      DisputeRefusal,
      ReconciliationRefusal,
      ClaimRefusal,
      PaymentMethodRefusal,
      SettlementRefusal,
    ],
    references: { Order: asItIs, Seller: asItIs, User: asItIs },
    policy,
    sdl: resumable,
  });
