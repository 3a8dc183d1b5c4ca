import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const schemas = {
  orders: `extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@composeDirective"])
      @link(url: "https://specs.example.test/resumable/v1.0", import: ["@resumable"])
      @composeDirective(name: "@resumable")
    directive @resumable(argument: String!, from: String!) on FIELD_DEFINITION
    type Query { order(id: ID!): Order }
    type Subscription {
      orderChanged(id: ID!, afterSequence: Int): OrderChange! @resumable(argument: "afterSequence", from: "sequence")
    }
    type OrderChange { sequence: Int! sentAt: Float! order: Order! }
    type Order @key(fields: "id") { id: ID! status: String! }`,
  payments: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
    type Order @key(fields: "id") { id: ID! payment: Payment }
    type Payment { status: String! amount: String! currency: String! }`,
};

export type SubgraphUrls = Readonly<Record<keyof typeof schemas, string>>;

/** A stream of changes in one subgraph, each of which another completes. */
export const composeSupergraph = (urls: SubgraphUrls): string => {
  const { supergraphSdl, errors } = composeServices([
    { name: 'orders', url: urls.orders, typeDefs: parse(schemas.orders) },
    { name: 'payments', url: urls.payments, typeDefs: parse(schemas.payments) },
  ]);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};
