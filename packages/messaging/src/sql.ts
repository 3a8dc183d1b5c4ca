/** The raw-SQL part of any Prisma client or transaction: all that messaging asks of a database. */
export type Sql = {
  $queryRawUnsafe<T = unknown>(query: string, ...values: unknown[]): Promise<T>;
  $executeRawUnsafe(query: string, ...values: unknown[]): Promise<number>;
};

/**
 * Runs `work` in one database transaction and commits when it resolves; a throw rolls everything back. `ports` are
 * the subgraph's own repositories bound to that transaction, `sql` is the same transaction raw.
 */
export type Transact<Ports> = <T>(work: (ports: Ports, sql: Sql) => Promise<T>) => Promise<T>;
