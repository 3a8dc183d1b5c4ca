export type { Fault } from '@emporium/provider-sandbox';
export { type BalanceBehaviour, feeOf } from './balance.ts';
export type { PaymentIntent, StripeEvent } from './objects.ts';
export { createStripeSandbox, type StripeSandbox } from './stripe-sandbox.ts';
