import type { PaymentRefusal, DisputeRefusal as Refused } from '../domain/payment.ts';
import type { DisputeId } from './ports.ts';
import type { DisputeView } from './views.ts';

/** Why a dispute is as it was, or is not there. NOT_FOUND: there is no such thing, or it is not the viewer's. */
export type DisputeRefusal = 'NOT_FOUND' | 'NOT_PAID' | 'IDEMPOTENCY_MISMATCH' | Refused;

/** The dispute after the wish, or why nothing came of it. */
export type DisputeOutcome =
  | { readonly ok: true; readonly dispute: DisputeView }
  | { readonly ok: false; readonly refusal: DisputeRefusal };

/** The same inside of the transaction. */
export type Ruled =
  | { readonly ok: true; readonly id: DisputeId }
  | { readonly ok: false; readonly refusal: DisputeRefusal };

export const refused = (refusal: DisputeRefusal): Ruled => ({ ok: false, refusal });

/** A payment's refusals as those see them who dispute; any other is a bug. */
export const refusalOf = (refusal: PaymentRefusal): DisputeRefusal => {
  switch (refusal) {
    case 'NOT_CAPTURED':
      return 'NOT_PAID';
    case 'UNKNOWN_SHIPMENT':
      return 'NOT_FOUND';
    case 'ALREADY_RELEASED':
    case 'ALREADY_REFUNDED':
    case 'ALREADY_DISPUTED':
    case 'ALREADY_DECIDED':
    case 'MORE_THAN_HELD':
    case 'WRONG_CURRENCY':
      return refusal;
    default:
      throw new Error(`a dispute was refused with ${refusal}`);
  }
};
