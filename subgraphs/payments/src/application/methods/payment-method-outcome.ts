import type { PaymentMethodView } from '../views.ts';

/** Why nothing came of it. NOT_FOUND: there is none of that id, or it is somebody else's. */
export type PaymentMethodRefusal =
  | 'NOT_FOUND'
  | 'REMOVED'
  | 'TOO_MANY'
  | 'CARD_DECLINED'
  | 'AUTHENTICATION_REQUIRED'
  | 'EXPIRED'
  | 'NOT_READY'
  | 'GONE'
  | 'IDEMPOTENCY_MISMATCH';

/** The method after the wish, or why nothing came of it. */
export type PaymentMethodOutcome =
  | { readonly ok: true; readonly method: PaymentMethodView }
  | { readonly ok: false; readonly refusal: PaymentMethodRefusal };

export const refused = (refusal: PaymentMethodRefusal): PaymentMethodOutcome & { readonly ok: false } => ({
  ok: false,
  refusal,
});
