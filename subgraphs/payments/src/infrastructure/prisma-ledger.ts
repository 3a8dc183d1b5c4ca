import { v7 as newId } from 'uuid';
import type { Ledger } from '../application/ports.ts';
import { walletAccount } from '../domain/account.ts';
import type { Prisma } from './generated/client.ts';
import { takeTurn } from './turn.ts';

/** The books. Accounts come into being with their first entry, and are always taken in the order of their ids. */
export const prismaLedger = (tx: Prisma.TransactionClient): Ledger => ({
  post: async ({ kind, cause, orderId, idempotencyKey, entries }) => {
    const accounts = entries.map(({ account }) => account);
    await tx.$executeRaw`
      INSERT INTO accounts (id, kind, currency, owner_id)
      SELECT * FROM unnest(
        ${accounts.map(({ id }) => id)}::text[], ${accounts.map((each) => each.kind)}::text[],
        ${accounts.map(({ currency }) => currency)}::text[], ${accounts.map(({ ownerId }) => ownerId)}::text[]
      ) AS account (id, kind, currency, owner_id)
      ORDER BY id
      ON CONFLICT (id) DO NOTHING`;
    await tx.$executeRaw`
      WITH journal AS (
        INSERT INTO journals (id, kind, cause, order_id, idempotency_key)
        VALUES (${newId()}, ${kind}, ${cause}, ${orderId}, ${idempotencyKey})
        RETURNING id
      )
      INSERT INTO entries (journal_id, account_id, currency, amount)
      SELECT journal.id, entry.account_id, entry.currency, entry.amount
      FROM journal, unnest(
        ${accounts.map(({ id }) => id)}::text[], ${accounts.map(({ currency }) => currency)}::text[],
        ${entries.map(({ amount }) => amount)}::bigint[]
      ) AS entry (account_id, currency, amount)
      ORDER BY entry.account_id`;
  },

  lockWallet: async (userId, currency) => {
    const { id } = walletAccount(userId, currency);
    await takeTurn(tx, id);
    const account = await tx.account.findUnique({ where: { id }, select: { balance: true } });
    return account?.balance ?? 0n;
  },
});
