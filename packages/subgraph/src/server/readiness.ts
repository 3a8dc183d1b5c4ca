import type { Sql } from '@emporium/messaging';

/**
 * A subgraph is ready while its database answers. Without a broker it serves requests as ever, and what it has to tell
 * waits in the outbox: taking it away from its gateway would make an outage of all that is only late.
 */
export const readinessOf = (sql: Sql) => async (): Promise<boolean> => {
  await sql.$queryRawUnsafe('SELECT 1');
  return true;
};
