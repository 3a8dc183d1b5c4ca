import { planForRanges } from '@emporium/subgraph';
import type { Prisma, PrismaClient } from '../generated/client.ts';
import { genesis, sealedJournals, sealHash } from './sealed-journals.ts';

/** About how many journals a seal covers at most; a transaction is never cut in two. */
const most = 2000;
const limits = { maxWait: 10_000, timeout: 30_000 };

type Tx = Prisma.TransactionClient;
type Seal = { number: bigint; until: bigint; hash: string };

/**
 * Seals the journals of transactions that have ended and that no earlier one can join any more: every transaction before
 * the oldest that is under way has ended. One sealer at a time; says how many journals it sealed.
 */
export const sealJournals = (prisma: PrismaClient): Promise<number> =>
  prisma.$transaction(async (tx) => {
    const [turn] = await tx.$queryRaw<{ taken: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtextextended('ledger-sealer', 0)) AS taken`;
    if (!turn?.taken) return 0;
    await planForRanges(tx);
    const [last] = await tx.$queryRaw<Seal[]>`
      SELECT number, until_transaction AS until, hash FROM seals ORDER BY number DESC LIMIT 1`;
    const until = await endOfBatch(tx, last?.until ?? 0n);
    return until === null ? 0 : keepSeal(tx, last, until);
  }, limits);

/** The transaction before which the next seal ends; null when there is nothing to seal. */
const endOfBatch = async (tx: Tx, from: bigint): Promise<bigint | null> => {
  const [batch] = await tx.$queryRaw<{ last: bigint | null }[]>`
    SELECT max(transaction_id) AS last FROM (
      SELECT transaction_id FROM journals
      WHERE transaction_id >= ${from}
        AND transaction_id < (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
      ORDER BY transaction_id, position LIMIT ${most}
    ) AS next`;
  return batch?.last == null ? null : batch.last + 1n;
};

/** Says how many journals it covers. */
const keepSeal = async (tx: Tx, last: Seal | undefined, until: bigint): Promise<number> => {
  const [seal] = await tx.$queryRawUnsafe<{ count: number }[]>(
    `INSERT INTO seals (number, from_transaction, until_transaction, first_position, last_position, count, positions, digests, hash)
     SELECT $1, $2, $3, min(position), max(position), count(*), array_agg(position ORDER BY transaction_id, position),
       string_agg(sha256(text), ''::bytea ORDER BY transaction_id, position), ${sealHash('$4')}
     FROM (${sealedJournals('transaction_id >= $2 AND transaction_id < $3')}) AS kept
     RETURNING count`,
    (last?.number ?? 0n) + 1n,
    last?.until ?? 0n,
    until,
    last?.hash ?? genesis,
  );
  return seal?.count ?? 0;
};
