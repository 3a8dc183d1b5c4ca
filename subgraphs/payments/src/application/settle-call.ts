import type { Providers } from './card-provider.ts';
import type { Ports, ProviderCall, Transact } from './ports.ts';

/** What settling needs: transactions around the providers' answers, and the providers, outside of them. */
export type Settling = {
  readonly transact: Transact;
  /** Keeps an answer about `subject`, perhaps together with others; what it does may be undone and done again. */
  readonly record: RecordAnswer;
  readonly providers: Providers;
};

/** A transaction that may be shared with others, each about a subject of its own. */
export type RecordAnswer = (subject: string, work: (ports: Ports) => Promise<void>) => Promise<void>;

/** Asks the provider what a call is for and keeps the answer. A throw leaves the call to whoever takes it next. */
export type SettleCall = (settling: Settling, call: ProviderCall) => Promise<void>;
