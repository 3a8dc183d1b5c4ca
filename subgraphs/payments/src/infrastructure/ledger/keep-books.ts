import type { Logger } from 'pino';
import type { PrismaClient } from '../generated/client.ts';
import { checkBalances } from './check-balances.ts';
import { foldBalances } from './fold-balances.ts';
import type { LedgerMetrics } from './ledger-metrics.ts';
import { sealJournals } from './seal-journals.ts';

export type BookKeeping = {
  readonly prisma: PrismaClient;
  readonly logger: Logger;
  readonly metrics: LedgerMetrics;
};

/** How many seals one turn makes at most. */
const sealsAtOnce = 25;

/** One turn of what the books need beside journals: folding, and sealing what has been committed. */
export const keepBooks = async ({ prisma, metrics }: BookKeeping): Promise<void> => {
  metrics.folded(await foldBalances(prisma));
  for (let seals = 0; seals < sealsAtOnce; seals += 1) {
    const journals = await sealJournals(prisma);
    if (journals === 0) break;
    metrics.sealed(journals);
  }
  metrics.unsealed(await ageOfUnsealed(prisma));
};

const ageOfUnsealed = async (prisma: PrismaClient): Promise<number> => {
  const [row] = await prisma.$queryRaw<{ seconds: number }[]>`
    SELECT coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::float8 AS seconds FROM journals
    WHERE transaction_id >= coalesce((SELECT until_transaction FROM seals ORDER BY number DESC LIMIT 1), 0)`;
  return row?.seconds ?? 0;
};

/** Compares balances with their entries, a few accounts at each turn, from the first to the last and again. */
export const createBalanceChecks = ({ prisma, logger, metrics }: BookKeeping): (() => Promise<void>) => {
  let after = '';
  return async () => {
    const { right, wrong, skipped, next } = await checkBalances(prisma, after);
    metrics.checked('right', right);
    metrics.checked('skipped', skipped);
    metrics.checked('wrong', wrong.length);
    for (const { id, balance, entriesSum } of wrong)
      logger.error(
        { account: id, balance: String(balance), entriesSum: String(entriesSum) },
        'a balance is not the sum of its entries',
      );
    after = next ?? '';
  };
};
