import type { Ledger } from '../../../../subgraphs/payments/src/application/ports.ts';
import {
  type Account,
  claimsAccount,
  providerAccount,
  walletAccount,
} from '../../../../subgraphs/payments/src/domain/account.ts';
import { faultOf } from '../../../../subgraphs/payments/src/domain/check-journal.ts';
import { JournalRefused } from '../../../../subgraphs/payments/src/domain/journal-refused.ts';
import { partly } from '../../store/not-simulated.ts';
import { balancesOf } from './payment-tables.ts';
import type { PaymentsWithin } from './within.ts';

/** The books. Journals of many causes may come into an account at once; below zero it never is. */
export const createLedgerStore = ({ tx, tables, seams }: PaymentsWithin): Ledger => {
  const balanceIn = (accountId: string): bigint =>
    balancesOf(tx.rows(tables.journals)).get(accountId) ?? 0n;
  const lock = async ({ id }: Account): Promise<bigint> => {
    await tx.statement(`holds ${id}`);
    await tx.lock(`turn of ${id}`);
    return balanceIn(id);
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
    turnOfWallet: async (userId, currency) => {
      await tx.lock(`turn of ${walletAccount(userId, currency).id}`);
    },
    lockWallet: async (userId, currency) => ({
      balance: await lock(walletAccount(userId, currency)),
      owed: balanceIn(claimsAccount(userId, currency).id),
    }),
    lockProvider: (provider, currency) => lock(providerAccount(currency, provider)),
  });
};
