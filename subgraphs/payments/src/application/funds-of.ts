import { recovery } from '../domain/journal.ts';
import type { Ports, UserId } from './ports.ts';

/**
 * What a user may spend of a wallet, in minor units; nobody else lowers it until the transaction ends. What they owe is made good
 * first, as far as it goes.
 */
export const fundsOf = async (
  { ledger, newId }: Pick<Ports, 'ledger' | 'newId'>,
  userId: UserId,
  currency: string,
): Promise<bigint> => {
  const { balance, owed } = await ledger.lockWallet(userId, currency);
  const left = balance > owed ? balance - owed : 0n;
  if (left < balance) await ledger.post(recovery(userId, newId(), { minor: balance - left, currency }));
  return left;
};
