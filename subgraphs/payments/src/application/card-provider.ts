import type { Money } from '@emporium/domain';
import type { CaptureRequest } from './ports.ts';

/** UNKNOWN: no answer, or none that says whether money moved. */
export type CaptureOutcome =
  | { readonly type: 'CAPTURED'; readonly captureId: string }
  | { readonly type: 'DECLINED'; readonly reason: 'CARD_DECLINED' | 'PROVIDER_ERROR' }
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
};
