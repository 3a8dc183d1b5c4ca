import { highestAmount } from './highest-amount.ts';
import { type Journal, signed } from './journal.ts';

/** Why the books do not take a journal. Each is a bug of whoever wrote it, and none moves anything. */
export type JournalFault =
  | 'NO_ENTRIES'
  /** Not a whole number of minor units above zero. */
  | 'AMOUNT_INVALID'
  | 'AMOUNT_TOO_LARGE'
  | 'CURRENCY_INVALID'
  | 'ACCOUNT_TWICE'
  | 'UNBALANCED'
  /** An account that is kept in another currency. */
  | 'WRONG_CURRENCY'
  /** The key names a journal of other content. */
  | 'OTHER_CONTENT'
  /** A balance would be below zero. */
  | 'INSUFFICIENT_FUNDS';

/** The first fault that can be seen without the books; null of a journal that has none. */
export const faultOf = ({ entries }: Journal): JournalFault | null => {
  if (entries.length === 0) return 'NO_ENTRIES';
  const sums = new Map<string, bigint>();
  const accounts = new Set<string>();
  for (const entry of entries) {
    const { account, amount } = entry;
    // Types end where JSON, a driver or a cast begins.
    if (typeof amount !== 'bigint' || amount <= 0n) return 'AMOUNT_INVALID';
    if (amount > highestAmount) return 'AMOUNT_TOO_LARGE';
    if (!/^[A-Z]{3}$/.test(account.currency)) return 'CURRENCY_INVALID';
    if (accounts.has(account.id)) return 'ACCOUNT_TWICE';
    accounts.add(account.id);
    sums.set(account.currency, (sums.get(account.currency) ?? 0n) + signed(entry));
  }
  return [...sums.values()].every((total) => total === 0n) ? null : 'UNBALANCED';
};
