import 'reflect-metadata';
import { createFederatedSchema } from '@emporium/subgraph';
import type { GraphQLSchema } from 'graphql';
import { OrderResolver } from './order.resolver.ts';
import { Order } from './order.type.ts';
import { policy } from './policy.ts';
import { UserResolver } from './user.resolver.ts';
import { User } from './user.type.ts';
import { WalletResolver } from './wallet.resolver.ts';
import { WalletRefusal } from './wallet-result.type.ts';

/** Orders and accounts are others': any id is taken at its word, and its fields say what is known of it. */
const asItIs = ({ id }: { id: string }) => ({ id });

/** The federated schema of payments. */
export const createSchema = (): Promise<GraphQLSchema> =>
  createFederatedSchema({
    resolvers: [OrderResolver, UserResolver, WalletResolver],
    orphanedTypes: [Order, User, WalletRefusal],
    references: { Order: asItIs, User: asItIs },
    policy,
  });
