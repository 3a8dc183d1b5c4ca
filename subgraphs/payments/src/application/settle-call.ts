import type { CardProvider } from './card-provider.ts';
import type { ProviderCall, Transact } from './ports.ts';

/** What settling needs: transactions around the provider's answers, and the provider, outside of them. */
export type Settling = { readonly transact: Transact; readonly provider: CardProvider };

/** Asks the provider what a call is for and keeps the answer. A throw leaves the call to whoever takes it next. */
export type SettleCall = (settling: Settling, call: ProviderCall) => Promise<void>;
