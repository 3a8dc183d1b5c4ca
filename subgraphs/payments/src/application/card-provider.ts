import type { Money } from '@emporium/domain';
import type { CaptureRequest, CardDetails } from './ports.ts';

/** UNKNOWN: no answer, or none that says whether money moved. */
export type CaptureOutcome =
  | { readonly type: 'CAPTURED'; readonly captureId: string }
  | { readonly type: 'DECLINED'; readonly reason: 'CARD_DECLINED' | 'PROVIDER_ERROR' }
  | { readonly type: 'UNKNOWN' };

/** `token` pays any number of times; DECLINED: the provider does not keep this card, and never will. */
export type SaveOutcome =
  | { readonly type: 'SAVED'; readonly token: string; readonly details: CardDetails }
  | { readonly type: 'DECLINED' }
  | { readonly type: 'UNKNOWN' };

/** Port: who moves money of cards and banks. The same key never moves money twice. Nothing here throws. */
export type CardProvider = {
  capture(request: CaptureRequest & { readonly key: string }): Promise<CaptureOutcome>;
  /** What became of a key; NONE: the provider has not heard of it. */
  findCapture(key: string): Promise<CaptureOutcome | { readonly type: 'NONE' }>;
  refund(request: {
    readonly key: string;
    readonly captureId: string;
    readonly amount: Money;
  }): Promise<'DONE' | 'UNKNOWN'>;
  payout(request: {
    readonly key: string;
    readonly amount: Money;
    readonly reference: string;
  }): Promise<'DONE' | 'UNKNOWN'>;
  /** Keeps a token's card; the same key never keeps it twice. */
  saveMethod(request: { readonly key: string; readonly token: string }): Promise<SaveOutcome>;
  /** What became of a key; NONE: the provider has not heard of it. */
  findMethod(key: string): Promise<SaveOutcome | { readonly type: 'NONE' }>;
  /** The token pays no more, and the provider keeps nothing behind it. */
  forgetMethod(request: { readonly key: string; readonly token: string }): Promise<'DONE' | 'UNKNOWN'>;
};
