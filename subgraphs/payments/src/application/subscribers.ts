import type { Subscriber } from '@emporium/messaging';
import { onEmailVerified } from './on-email-verified.ts';
import { onGuestForgotten } from './on-guest-forgotten.ts';
import { onLinesCancelled } from './on-lines-cancelled.ts';
import { onOrderClaimed } from './on-order-claimed.ts';
import { onOrderDelivered } from './on-order-delivered.ts';
import { onOrderCancelled, onOrderFailed } from './on-order-ended.ts';
import { onOrderShipped } from './on-order-shipped.ts';
import { onPaymentRequested } from './on-payment-requested.ts';
import { onReturnReceived } from './on-return-received.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import type { Ports } from './ports.ts';

/** All that payments listens to. */
export const subscribers: readonly Subscriber<Ports>[] = [
  onPaymentRequested,
  onOrderFailed,
  onOrderCancelled,
  onLinesCancelled,
  onReturnReceived,
  onOrderClaimed,
  onGuestForgotten,
  onOrderShipped,
  onOrderDelivered,
  onEmailVerified,
  onUserDeleted,
];
