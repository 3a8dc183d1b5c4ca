/** A stream of changes in one subgraph, each of which another completes. */
export const schemas = {
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
