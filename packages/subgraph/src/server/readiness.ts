import type { Messaging, Sql } from '@emporium/messaging';

/** A subgraph is ready while its database answers and its messaging works. */
export const readinessOf =
  (sql: Sql, { isHealthy }: Pick<Messaging, 'isHealthy'>) =>
  async (): Promise<boolean> => {
    await sql.$queryRawUnsafe('SELECT 1');
    return isHealthy();
  };
