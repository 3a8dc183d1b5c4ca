export { type BalanceBehaviour, feeOf } from './balance.ts';
export type { Fault } from './faults.ts';
export type { PaymentIntent, StripeEvent } from './objects.ts';
export { createStripeSandbox, type StripeSandbox } from './stripe-sandbox.ts';
