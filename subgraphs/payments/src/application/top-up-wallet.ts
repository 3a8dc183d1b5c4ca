import type { WalletOutcome, WalletWish } from './wallet-outcome.ts';

export type TopUpWallet = (wish: WalletWish & { readonly token: string }) => Promise<WalletOutcome>;
