import { lackingBy } from '../../../../subgraphs/payments/src/application/lacking.ts';
import type { Ledger } from '../../../../subgraphs/payments/src/application/ports.ts';
import { claimsAccount, walletAccount } from '../../../../subgraphs/payments/src/domain/account.ts';
import { faultOf } from '../../../../subgraphs/payments/src/domain/check-journal.ts';
import { JournalRefused } from '../../../../subgraphs/payments/src/domain/journal-refused.ts';
import { partly } from '../../store/not-simulated.ts';
import { balancesOf } from './payment-tables.ts';
import type { PaymentsWithin } from './within.ts';

/** The books. Journals of many causes may come into an account at once; below zero it never is. */
export const createLedgerStore = ({ tx, tables, seams }: PaymentsWithin): Ledger => {
  const balanceIn = (accountId: string): bigint =>
    balancesOf(tx.rows(tables.journals)).get(accountId) ?? 0n;
  const lock = async (accountId: string): Promise<bigint> => {
    await tx.statement(`holds ${accountId}`);
    await tx.lock(`turn of ${accountId}`);
    return balanceIn(accountId);
  };
  return partly<Ledger>('the books', {
    post: async (journal) => {
      await tx.statement(`posts ${journal.idempotencyKey}`);
      const { idempotencyKey, entries } = journal;
      const fault = faultOf(journal);
      if (fault) throw new JournalRefused(fault, idempotencyKey);
      if (!(await tx.insert(tables.journals, idempotencyKey, journal))) return 'KNOWN';
      if (seams.guardsBalances) {
        const balances = balancesOf(tx.rows(tables.journals));
        for (const { account } of entries)
          if ((balances.get(account.id) ?? 0n) < 0n)
            throw new JournalRefused('INSUFFICIENT_FUNDS', idempotencyKey);
      }
      return 'POSTED';
    },
    turnsOfWallets: async (wallets) => {
      const ids = wallets.map(({ userId, currency }) => walletAccount(userId, currency).id);
      for (const id of ids.toSorted()) await tx.lock(`turn of ${id}`);
    },
    lockWallet: async (userId, currency) => ({
      balance: await lock(walletAccount(userId, currency).id),
      owed: balanceIn(claimsAccount(userId, currency).id),
    }),
    lacking: lackingBy(lock),
  });
};
