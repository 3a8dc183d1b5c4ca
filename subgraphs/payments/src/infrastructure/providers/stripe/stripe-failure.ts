import Stripe from 'stripe';
import { isUnreached } from '../is-unreached.ts';

/** Stripe's code of a card that was asked without its owner, whose bank asks them. */
export const wantsOwner = 'authentication_required';

/**
 * What an error of Stripe's client means. DECLINED: the card says no. WANTS_OWNER: not without its owner. REFUSED: the request is wrong, and always will be. STATE: it
 * is not possible any more, so something happened before. UNREACHED: nothing was sent. UNKNOWN: whatever else.
 */
export type StripeFailure = 'DECLINED' | 'WANTS_OWNER' | 'REFUSED' | 'STATE' | 'UNREACHED' | 'UNKNOWN';

export const failureOf = (error: unknown): StripeFailure => {
  if (error instanceof Stripe.errors.StripeConnectionError)
    return isUnreached(error.detail) ? 'UNREACHED' : 'UNKNOWN';
  if (error instanceof Stripe.errors.StripeCardError)
    return error.code === wantsOwner ? 'WANTS_OWNER' : 'DECLINED';
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return 'UNKNOWN';
  if (error.code === 'payment_intent_unexpected_state') return 'STATE';
  return error.statusCode === 400 || error.statusCode === 404 ? 'REFUSED' : 'UNKNOWN';
};
