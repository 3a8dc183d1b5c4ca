import type { Money } from '@emporium/domain';
import type { WalletView } from './views.ts';

/** Why a wallet did not change. */
export type WalletRefusal = 'CARD_DECLINED' | 'INSUFFICIENT_FUNDS' | 'IDEMPOTENCY_MISMATCH';

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
