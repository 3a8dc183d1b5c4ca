import type Stripe from 'stripe';
import type { ActionRequired, Capture } from '../../../application/card-provider.ts';
import { wantsOwner } from './stripe-failure.ts';
import { isSame } from './stripe-money.ts';

/** OPEN: no card has been asked. WANTS_OWNER: one has, without its owner, whose bank asks them. FAILED: one has, and said no. LIE: it is of another amount, or took another one. */
export type IntentState =
  | 'OPEN'
  | 'WANTS_OWNER'
  | 'FAILED'
  | 'AWAITS_BUYER'
  | 'AUTHORISED'
  | 'CAPTURED'
  | 'CANCELLED'
  | 'PROCESSING'
  | 'LIE';

const states: Readonly<Record<string, IntentState>> = {
  requires_confirmation: 'OPEN',
  requires_action: 'AWAITS_BUYER',
  requires_capture: 'AUTHORISED',
  succeeded: 'CAPTURED',
  canceled: 'CANCELLED',
};

/** How far a payment intent has come, held against what it was made for. */
export const stateOf = (intent: Stripe.PaymentIntent, { key, amount }: Capture): IntentState => {
  if (intent.metadata.paymentId !== key || !isSame(intent, amount)) return 'LIE';
  if (intent.status === 'requires_payment_method') return beforeConfirmed(intent);
  const { currency, amount_received, amount_capturable } = intent;
  const moved = { succeeded: amount_received, requires_capture: amount_capturable }[
    intent.status as string
  ];
  if (moved !== undefined && !isSame({ currency, amount: moved }, amount)) return 'LIE';
  return states[intent.status] ?? 'PROCESSING';
};

const beforeConfirmed = ({ last_payment_error: error }: Stripe.PaymentIntent): IntentState => {
  if (!error) return 'OPEN';
  return error.code === wantsOwner ? 'WANTS_OWNER' : 'FAILED';
};

/** What the buyer must do: go somewhere, or let Stripe's own script do it. */
export const actionOf = ({ next_action, client_secret }: Stripe.PaymentIntent): ActionRequired => {
  const url = next_action?.redirect_to_url?.url ?? null;
  return { type: 'ACTION_REQUIRED', action: { url, clientSecret: url === null ? client_secret : null } };
};
