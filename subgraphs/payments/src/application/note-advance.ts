import type { Money } from '@emporium/domain';
import { advance } from '../domain/journal.ts';
import type { ProviderName } from '../domain/provider.ts';
import type { Ports } from './ports.ts';

/** Right before a provider's payment is booked: what it did not hold of the currency for us, it has advanced. */
export const noteAdvance = async (
  { ledger }: Pick<Ports, 'ledger'>,
  cause: Parameters<typeof advance>[0],
  payment: string,
  amount: Money,
  provider: ProviderName,
): Promise<void> => {
  const minor = await ledger.lacking(provider, amount);
  if (minor > 0n) await ledger.post(advance(cause, payment, { ...amount, minor }, provider));
};
