import { currentCause, gather } from '@emporium/messaging';
import type { Ledger } from '../application/ports.ts';
import { walletAccount } from '../domain/account.ts';
import { faultOf } from '../domain/check-journal.ts';
import { JournalRefused } from '../domain/journal-refused.ts';
import { type Committed, nothingYet } from './committed.ts';
import type { Prisma } from './generated/client.ts';
import { postJournals } from './post-journals.ts';
import { takeTurns } from './turn.ts';

/** The books. What may be refused is seen before anything is written, or by the database in the same statement. */
export const prismaLedger = (
  tx: Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>,
  committed: Pick<Committed, 'owners'> = nothingYet(),
): Ledger => {
  const post = gather((journals: Parameters<typeof postJournals>[1]) => postJournals(tx, journals));
  const lock = gather((accounts: readonly string[]) => lockAccounts(tx, accounts));
  return {
    post: async (journal) => {
      const fault = faultOf(journal);
      if (fault) throw new JournalRefused(fault, journal.idempotencyKey);
      const eventId = currentCause().causationId ?? null;
      const posted = await post({ ...journal, eventId }).catch((error: unknown) => {
        throw isBelowZero(error) ? new JournalRefused('INSUFFICIENT_FUNDS', journal.idempotencyKey) : error;
      });
      if (posted !== 'POSTED' && posted !== 'KNOWN')
        throw new JournalRefused(posted, journal.idempotencyKey);
      if (posted === 'POSTED') {
        for (const { account } of journal.entries)
          if (account.ownerId) committed.owners.add(account.ownerId);
      }
      return posted;
    },
    turnOfWallet: (userId, currency) => takeTurns(tx, [walletAccount(userId, currency).id]),
    lockWallet: (userId, currency) => lock(walletAccount(userId, currency).id),
  };
};

/** Balances, in the order of the accounts. */
const lockAccounts = async (
  tx: Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>,
  accounts: readonly string[],
): Promise<bigint[]> => {
  await takeTurns(tx, accounts);
  const rows = await tx.$queryRaw<{ id: string; balance: bigint }[]>`
    SELECT id, balance + coalesce((SELECT sum(amount) FROM balance_additions WHERE account_id = id), 0)::bigint AS balance
    FROM accounts WHERE id = ANY(${[...accounts]})`;
  const balances = new Map(rows.map(({ id, balance }) => [id, balance]));
  return accounts.map((id) => balances.get(id) ?? 0n);
};

const isBelowZero = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('balance_is_never_negative');
