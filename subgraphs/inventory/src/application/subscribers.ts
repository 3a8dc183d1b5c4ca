import type { Subscriber } from '@emporium/messaging';
import { onLinesCancelled } from './on-lines-cancelled.ts';
import { onOrderConfirmed } from './on-order-confirmed.ts';
import { onOrderCancelled, onOrderFailed } from './on-order-ended.ts';
import { onOrderPlaced } from './on-order-placed.ts';
import { onReturnReceived } from './on-return-received.ts';
import { onSellerChanged } from './on-seller-changed.ts';
import { onVariantsChanged } from './on-variants-changed.ts';
import type { Ports } from './ports.ts';

/** Everything that inventory hears. */
export const subscribers: readonly Subscriber<Ports>[] = [
  onVariantsChanged,
  onSellerChanged,
  onOrderPlaced,
  onOrderConfirmed,
  onOrderFailed,
  onOrderCancelled,
  onLinesCancelled,
  onReturnReceived,
];
