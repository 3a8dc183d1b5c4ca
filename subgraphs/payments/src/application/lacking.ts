import { providerAccount } from '../domain/account.ts';
import type { Ledger } from './ports.ts';

/**
 * `Ledger.lacking` of one transaction, by what an account holds when it is first asked for: payments that are recorded together
 * each look before any of them is booked, and may not pay of the same money. What comes in meanwhile is not reckoned with.
 */
export const lackingBy = (lock: (accountId: string) => Promise<bigint>): Ledger['lacking'] => {
  const left = new Map<string, bigint>();
  return async (provider, { currency, minor }) => {
    const { id } = providerAccount(currency, provider);
    const held = await lock(id);
    const available = left.get(id) ?? held;
    const lacking = minor > available ? minor - available : 0n;
    left.set(id, available - minor + lacking);
    return lacking;
  };
};
