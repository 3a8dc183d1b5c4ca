import { asId, equals, type Money } from '@emporium/domain';
import { writeOff } from '../domain/journal.ts';
import { fundsOf } from './funds-of.ts';
import type { ClaimWriteOff, Ports, Transact } from './ports.ts';
import type { Reads } from './reads.ts';
import type { WalletView } from './views.ts';
import { findWallet } from './wallet-outcome.ts';

export type WriteOffWish = {
  /** Who owes it. */
  readonly userId: string;
  /** Above zero. */
  readonly amount: Money;
  readonly reason: string;
  readonly idempotencyKey: string;
};
export type WriteOffRefusal = 'NOTHING_OWED' | 'MORE_THAN_OWED' | 'IDEMPOTENCY_MISMATCH';
export type WriteOffOutcome =
  | { readonly ok: true; readonly writeOff: ClaimWriteOff; readonly wallet: WalletView }
  | { readonly ok: false; readonly refusal: WriteOffRefusal };
/** `by` is the administrator. */
export type WriteOffClaim = (wish: WriteOffWish, by: string) => Promise<WriteOffOutcome>;

/**
 * Gives up what a user owes, or some of it, at an administrator's word. What is in the wallet pays first. Only a granted wish binds
 * its key; the same again changes nothing.
 */
export const createWriteOffClaim =
  (transact: Transact, reads: Pick<Reads, 'wallets'>): WriteOffClaim =>
  async (wish, by) => {
    const given = await transact((ports) => giveUp(ports, wish, by));
    if (typeof given === 'string') return { ok: false, refusal: given };
    const wallet = await findWallet(reads, wish.userId, wish.amount.currency);
    return { ok: true, writeOff: given, wallet };
  };

const giveUp = async (
  ports: Ports,
  { amount, reason, idempotencyKey, ...wish }: WriteOffWish,
  administrator: string,
): Promise<ClaimWriteOff | WriteOffRefusal> => {
  const { claimWriteOffs, ledger, newId } = ports;
  const [userId, by] = [asId<'User'>(wish.userId), asId<'User'>(administrator)];
  const earlier = await claimWriteOffs.findByKey(by, idempotencyKey);
  if (earlier) {
    const isSame = earlier.userId === userId && equals(earlier.amount, amount) && earlier.reason === reason;
    return isSame ? earlier : 'IDEMPOTENCY_MISMATCH';
  }
  await fundsOf(ports, userId, amount.currency);
  const { owed } = await ledger.lockWallet(userId, amount.currency);
  if (owed === 0n) return 'NOTHING_OWED';
  if (owed < amount.minor) return 'MORE_THAN_OWED';
  const id = newId<'ClaimWriteOff'>();
  await ledger.post(writeOff(userId, id, amount, by));
  return claimWriteOffs.add({ id, userId, amount, reason, by, idempotencyKey });
};
