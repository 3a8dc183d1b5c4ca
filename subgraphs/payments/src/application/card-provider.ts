import type { Money } from '@emporium/domain';
import type { BuyerAction } from '../domain/payment.ts';
import type { ProviderName } from '../domain/provider.ts';
import type { CaptureRequest, CardDetails } from './ports.ts';

/** What a provider is asked to take; the same key never takes it twice. */
export type Capture = CaptureRequest & { readonly key: string };

/** UNKNOWN: no answer, or none that says whether money moved. */
type Answer =
  | { readonly type: 'CAPTURED'; readonly captureId: string }
  | { readonly type: 'DECLINED'; readonly reason: 'CARD_DECLINED' | 'PROVIDER_ERROR' }
  | ActionRequired
  | { readonly type: 'UNKNOWN' };

/** Nothing is taken before the buyer has done something. */
export type ActionRequired = { readonly type: 'ACTION_REQUIRED'; readonly action: BuyerAction };

/** NONE: the provider has not heard of it. AUTHORISED: the card has agreed, and nothing is taken before it is asked for again. */
export type NotYet = { readonly type: 'NONE' } | { readonly type: 'AUTHORISED' };

/** UNREACHED: the provider surely has not heard of this attempt. */
export type CaptureOutcome = Answer | { readonly type: 'UNREACHED' };

export type FoundCapture = Answer | NotYet;

/** CANCELLED: nothing was taken, and nothing can be any more. */
export type CancelOutcome = Answer | { readonly type: 'CANCELLED' };
/** `token` pays any number of times; DECLINED: the provider does not keep this card, and never will; its reason where it is not just no. */
export type SaveOutcome =
  | { readonly type: 'SAVED'; readonly token: string; readonly details: CardDetails }
  | { readonly type: 'DECLINED'; readonly reason?: 'AUTHENTICATION_REQUIRED' }
  | { readonly type: 'UNKNOWN' };

/** Port: who moves money of cards and banks. The same key never moves money twice. Nothing here throws. */
export type CardProvider = {
  capture(capture: Capture): Promise<CaptureOutcome>;
  /** What became of a capture that may have been asked for. */
  findCapture(capture: Capture): Promise<FoundCapture>;
  /** Makes sure that nothing is taken. Without it, a provider forgets by itself what it did not capture. */
  cancel?(capture: Capture): Promise<CancelOutcome>;
  refund(request: {
    readonly key: string;
    readonly captureId: string;
    readonly amount: Money;
  }): Promise<'DONE' | 'UNKNOWN'>;
  /** `destination` is whose account there it goes to; null where the provider needs none. */
  payout(request: {
    readonly key: string;
    readonly amount: Money;
    readonly reference: string;
    readonly destination: string | null;
  }): Promise<'DONE' | 'UNKNOWN'>;
  /** Keeps a token's card; the same key never keeps it twice. */
  saveMethod(request: { readonly key: string; readonly token: string }): Promise<SaveOutcome>;
  /** What became of a key; NONE: the provider has not heard of it. */
  findMethod(key: string): Promise<SaveOutcome | { readonly type: 'NONE' }>;
  /** The token pays no more, and the provider keeps nothing behind it. */
  forgetMethod(request: { readonly key: string; readonly token: string }): Promise<'DONE' | 'UNKNOWN'>;
};

/** The provider of a name; one that is not configured any more answers nothing. */
export type Providers = (name: ProviderName) => CardProvider;
