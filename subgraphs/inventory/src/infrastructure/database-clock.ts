import { asInstant, type Instant } from '@emporium/domain';
import type { Prisma } from './generated/client.ts';

/** The database's time at the start of the transaction: one clock for all replicas. */
export const readDatabaseClock = async (tx: Prisma.TransactionClient): Promise<Instant> => {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT now()`;
  if (!row) throw new Error('Postgres did not tell the time');
  return asInstant(row.now.toISOString());
};
