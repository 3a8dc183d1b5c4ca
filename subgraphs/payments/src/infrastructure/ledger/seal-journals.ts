import { canonicalJournal, type KeptJournal } from '../../domain/canonical-journal.ts';
import type { Prisma, PrismaClient } from '../generated/client.ts';
import { digestOf, genesis, startSeal } from './chain.ts';
import { gatherJournals, type JournalRow, journalRows } from './kept-journals.ts';

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
    const [last] = await tx.$queryRaw<Seal[]>`
      SELECT number, until_transaction AS until, hash FROM seals ORDER BY number DESC LIMIT 1`;
    const from = last?.until ?? 0n;
    const until = await endOfBatch(tx, from);
    if (until === null) return 0;
    const journals = await readJournals(tx, from, until);
    await keepSeal(tx, last, { from, until }, journals);
    return journals.length;
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

const readJournals = async (tx: Tx, from: bigint, until: bigint): Promise<KeptJournal[]> => {
  const rows = await tx.$queryRawUnsafe<{ row: JournalRow }[]>(
    `SELECT ARRAY[position::text, transaction_id::text, journal_id, kind, cause, order_id, idempotency_key, event_id, actor,
       at::text, conversion::text, entry_position::text, account_id, currency, amount::text] AS row
     FROM (${journalRows('head.transaction_id >= $1 AND head.transaction_id < $2')}) AS kept`,
    from,
    until,
  );
  const journals: KeptJournal[] = [];
  const gather = gatherJournals((journal) => journals.push(journal));
  for (const { row } of rows) gather.row(row);
  gather.end();
  return journals;
};

const keepSeal = async (
  tx: Tx,
  last: Seal | undefined,
  { from, until }: { from: bigint; until: bigint },
  journals: readonly KeptJournal[],
): Promise<void> => {
  const seal = startSeal(last?.hash ?? genesis);
  const digests = journals.map((journal) => {
    const text = canonicalJournal(journal);
    seal.add(text);
    return digestOf(text);
  });
  const positions = journals.map(({ position }) => BigInt(position));
  await tx.$executeRaw`
    INSERT INTO seals (number, from_transaction, until_transaction, first_position, last_position, count, positions, digests, hash)
    SELECT ${(last?.number ?? 0n) + 1n}, ${from}, ${until}, min(position), max(position), ${journals.length}::int,
      ${positions}::bigint[], ${Buffer.concat(digests)}, ${seal.end()}
    FROM unnest(${positions}::bigint[]) AS position`;
};
