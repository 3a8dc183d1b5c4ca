import { linesCancelled } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { ack, park, subscriber } from '@emporium/messaging';
import { handlePayment } from './handle-payment.ts';
import type { Ports } from './ports.ts';

/** What was paid for units that are not sent after all goes back, once per cancellation. */
export const onLinesCancelled = subscriber(linesCancelled, async (ports: Ports, { payload }) => {
  const { orderId, shipmentId, sellerId, cancellationId, refund: amount } = payload;
  // The wallet's turn comes before the payment's, as with every payment from one.
  const sellerFunds = await ports.ledger.lockWallet(sellerId, amount.currency);
  const handled = await handlePayment(ports, orderId, {
    ...{ type: 'GiveBack', shipmentId, amount, sellerFunds },
    refundId: asId<'Refund'>(cancellationId),
  });
  return handled.ok
    ? ack
    : park(`a part of shipment ${shipmentId} of order ${orderId} was called off: ${handled.refusal}`);
});
