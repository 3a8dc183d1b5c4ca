import { currentCause, gather } from '@emporium/messaging';
import { lackingBy } from '../application/lacking.ts';
import type { Ledger, Wallet } from '../application/ports.ts';
import { claimsAccount, walletAccount } from '../domain/account.ts';
import { faultOf } from '../domain/check-journal.ts';
import { JournalRefused } from '../domain/journal-refused.ts';
import { type Committed, nothingYet } from './committed.ts';
import type { Prisma } from './generated/client.ts';
import { postJournals } from './post-journals.ts';
import { takeTurns } from './turn.ts';

/** The books. What may be refused is seen before anything is written, or by the database in the same statement. */
export const prismaLedger = (tx: Tx, committed: Pick<Committed, 'owners'> = nothingYet()): Ledger => {
  const post = gather((journals: Parameters<typeof postJournals>[1]) => postJournals(tx, journals));
  const lockWallets = gather((wallets: readonly Wallet[]) => lockWithClaims(tx, wallets));
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
    turnsOfWallets: (wallets) =>
      takeTurns(
        tx,
        wallets.map(({ userId, currency }) => walletAccount(userId, currency).id),
      ),
    lockWallet: (userId, currency) => lockWallets({ userId, currency }),
    lacking: lackingBy(gather((accounts: readonly string[]) => lockAccounts(tx, accounts))),
  };
};

type Tx = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;

/** What a user owes changes in the turns of their wallet. */
const lockWithClaims = async (tx: Tx, wallets: readonly Wallet[]) => {
  const walletIds = wallets.map(({ userId, currency }) => walletAccount(userId, currency).id);
  const claimIds = wallets.map(({ userId, currency }) => claimsAccount(userId, currency).id);
  await takeTurns(tx, walletIds);
  const balances = await readBalances(tx, [...walletIds, ...claimIds]);
  return wallets.map((_, index) => ({
    balance: balances[index] ?? 0n,
    owed: balances[wallets.length + index] ?? 0n,
  }));
};

const lockAccounts = async (tx: Tx, accounts: readonly string[]): Promise<bigint[]> => {
  await takeTurns(tx, accounts);
  return readBalances(tx, accounts);
};

/** In the order of the accounts. */
const readBalances = async (tx: Tx, accounts: readonly string[]): Promise<bigint[]> => {
  const rows = await tx.$queryRaw<{ id: string; balance: bigint }[]>`
    SELECT id, balance + coalesce((SELECT sum(amount) FROM balance_additions WHERE account_id = id), 0)::bigint AS balance
    FROM accounts WHERE id = ANY(${[...accounts]})`;
  const balances = new Map(rows.map(({ id, balance }) => [id, balance]));
  return accounts.map((id) => balances.get(id) ?? 0n);
};

const isBelowZero = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('balance_is_never_negative');
