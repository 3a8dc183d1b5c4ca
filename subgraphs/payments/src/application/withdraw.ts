import type { WalletOutcome, WalletWish } from './wallet-outcome.ts';

export type Withdraw = (wish: WalletWish) => Promise<WalletOutcome>;
