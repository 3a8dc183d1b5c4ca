import type { Subscriber } from '@emporium/messaging';
import { onEmailVerified } from './on-email-verified.ts';
import { onOrderDelivered } from './on-order-delivered.ts';
import { onOrderCancelled, onOrderFailed } from './on-order-ended.ts';
import { onOrderShipped } from './on-order-shipped.ts';
import { onPaymentRequested } from './on-payment-requested.ts';
import type { Ports } from './ports.ts';

/** All that payments listens to. */
export const subscribers: readonly Subscriber<Ports>[] = [
  onPaymentRequested,
  onOrderFailed,
  onOrderCancelled,
  onOrderShipped,
  onOrderDelivered,
  onEmailVerified,
];
