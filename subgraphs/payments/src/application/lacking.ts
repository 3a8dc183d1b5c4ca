import type { Money } from '@emporium/domain';
import { providerAccount } from '../domain/account.ts';
import type { ProviderName } from '../domain/provider.ts';
import type { Ledger } from './ports.ts';

/**
 * `Ledger.lacking` of one transaction, by what an account holds when it is first asked for: payments that are recorded together
 * each look before any of them is booked, and may not pay of the same money. What comes in meanwhile is not reckoned with.
 */
export const lackingBy = (lock: (accountId: string) => Promise<bigint>): Ledger['lacking'] => {
  const left = new Map<string, bigint>();
  return async (provider: ProviderName, { currency, minor }: Money) => {
    const { id } = providerAccount(currency, provider);
    const held = await lock(id);
    const available = left.get(id) ?? held;
    const paid = available < minor ? available : minor;
    left.set(id, available - paid);
    return minor - paid;
  };
};
