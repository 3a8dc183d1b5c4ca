/** The subgraphs that own a schema each, in the order in which they are prepared. */
export const subgraphNames = ['users', 'products', 'inventory', 'orders', 'payments'] as const;

/** One of the five; also the name of its Postgres schema. */
export type SubgraphName = (typeof subgraphNames)[number];

/** A record with one entry per subgraph. */
export const forEachSubgraph = <T>(make: (name: SubgraphName) => T): Record<SubgraphName, T> => ({
  users: make('users'),
  products: make('products'),
  inventory: make('inventory'),
  orders: make('orders'),
  payments: make('payments'),
});
