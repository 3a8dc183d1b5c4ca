export type { Fault } from '@emporium/provider-sandbox';
export type { PaymentIntent, StripeEvent } from './objects.ts';
export { createStripeSandbox, type StripeSandbox } from './stripe-sandbox.ts';
