import type { Subscriber } from '@emporium/messaging';
import { onBackorderFilled } from './on-backorder-filled.ts';
import { onDisputeDecided } from './on-dispute-decided.ts';
import { onDisputeOpened } from './on-dispute-opened.ts';
import { onPaymentActionRequired } from './on-payment-action-required.ts';
import { onPaymentCaptured } from './on-payment-captured.ts';
import { onPaymentDeclined } from './on-payment-declined.ts';
import { onPaymentRefunded } from './on-payment-refunded.ts';
import { onPaymentReleased } from './on-payment-released.ts';
import { onSellerChanged } from './on-seller-changed.ts';
import { onStockChanged } from './on-stock-changed.ts';
import { onStockRejected } from './on-stock-rejected.ts';
import { onStockReserved } from './on-stock-reserved.ts';
import { onUserDeleted } from './on-user-deleted.ts';
import { onVariantsChanged } from './on-variants-changed.ts';
import type { Ports } from './ports.ts';

/** Everything that orders hears. */
export const subscribers: readonly Subscriber<Ports>[] = [
  onStockReserved,
  onStockRejected,
  onBackorderFilled,
  onPaymentCaptured,
  onPaymentActionRequired,
  onPaymentDeclined,
  onPaymentReleased,
  onPaymentRefunded,
  onDisputeOpened,
  onDisputeDecided,
  onVariantsChanged,
  onSellerChanged,
  onStockChanged,
  onUserDeleted,
];
