import { asInstant, type Instant } from '@emporium/domain';
import type { Sql } from '@emporium/messaging';

const ask = async (sql: Sql, clock: string): Promise<Instant> => {
  const [row] = await sql.$queryRawUnsafe<{ now: Date }[]>(`SELECT ${clock} AS now`);
  if (!row) throw new Error('Postgres did not tell the time');
  return asInstant(row.now.toISOString());
};

/** The database's time at the start of the transaction: one clock for all replicas, and one time for all it writes. */
export const readTransactionTime = (sql: Sql): Promise<Instant> => ask(sql, 'now()');

/** The database's time at this moment: also later than what a transaction has waited for. */
export const readDatabaseTime = (sql: Sql): Promise<Instant> => ask(sql, 'clock_timestamp()');

/** The same, so many whole days ago. */
export const readDatabaseTimeDaysAgo = (sql: Sql, days: number): Promise<Instant> =>
  ask(sql, `clock_timestamp() - make_interval(hours => ${Math.trunc(days) * 24})`);
