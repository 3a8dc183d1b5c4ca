import type { WalletFeed } from '../application/follow-wallet.ts';
import type { PrismaClient } from './generated/client.ts';
import { type EntryRow, entryColumns, entryOf, entrySource } from './wallet-entry-rows.ts';
import type { WalletWakes } from './wallet-wakes.ts';

type Row = EntryRow & { readonly transaction: bigint; readonly isSettled: boolean };

/**
 * Entries in the order of their transactions. Positions alone would not do: they are given before the commit, so that a lower
 * one may become visible after a higher one. Before the oldest transaction that is under way nothing can come any more.
 */
export const createWalletFeed = (
  prisma: Pick<PrismaClient, '$queryRaw'>,
  wakes: WalletWakes,
  failed: (error: unknown) => void,
): WalletFeed => ({
  here: async (userId) => {
    const [row] = await prisma.$queryRaw<{ transaction: bigint; known: bigint[] }[]>`
      SELECT transaction, ARRAY(
        SELECT position FROM entries
        WHERE account_id IN (SELECT id FROM accounts WHERE owner_id = ${userId}) AND transaction_id >= transaction
      ) AS known
      FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS transaction) AS under_way`;
    if (!row) throw new Error('Postgres did not say which transactions are under way');
    return { place: { transaction: row.transaction, position: 0n }, known: new Set(row.known) };
  },
  after: async (userId, { transaction, position }, limit) => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT ${entryColumns}, entry.transaction_id AS transaction,
        entry.transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "isSettled"
      ${entrySource}
      WHERE entry.account_id IN (SELECT id FROM accounts WHERE owner_id = ${userId})
        AND (entry.transaction_id, entry.position) > (${transaction}, ${position})
      ORDER BY entry.transaction_id, entry.position LIMIT ${limit}`;
    const end = rows.findIndex(({ isSettled }) => !isSettled);
    if (end >= 0) wakes.soon(userId);
    return (end < 0 ? rows : rows.slice(0, end)).map((row) => ({
      place: { transaction: row.transaction, position: row.position },
      entry: entryOf(row),
    }));
  },
  onWake: wakes.on,
  failed,
});
