import { type Money, zero } from '@emporium/domain';
import type { MethodFault } from '../domain/payment.ts';
import type { Reads } from './reads.ts';
import type { WalletView } from './views.ts';

/** Why a wallet did not change. */
export type WalletRefusal =
  | 'CARD_DECLINED'
  | MethodFault
  | 'EMAIL_NOT_VERIFIED'
  | 'PAYOUT_ACCOUNT_MISSING'
  | 'INSUFFICIENT_FUNDS'
  | 'IDEMPOTENCY_MISMATCH';

/** The wallet after the wish, or why it did not change. */
export type WalletOutcome =
  | { readonly ok: true; readonly wallet: WalletView }
  | { readonly ok: false; readonly refusal: WalletRefusal };

/** What every change of a wallet starts from; `amount` is above zero. */
export type WalletWish = {
  readonly userId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
};

/** The user's wallet in a currency; one that never held anything is empty. */
export const findWallet = async (
  reads: Pick<Reads, 'wallets'>,
  userId: string,
  currency: string,
): Promise<WalletView> => {
  const wallets = (await reads.wallets([userId])).get(userId) ?? [];
  const wallet = wallets.find(({ balance }) => balance.currency === currency);
  const nothing = zero(currency);
  return wallet ?? { userId, balance: nothing, pending: nothing, owed: nothing, topUps: [] };
};
