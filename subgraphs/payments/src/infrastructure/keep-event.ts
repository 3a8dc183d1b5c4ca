import type { PaymentEvent, Terms } from '../domain/payment.ts';
import type { Prisma } from './generated/client.ts';
import { keepReclaimed, keepRefund, keepShares } from './keep-refund.ts';

type Tx = Prisma.TransactionClient;

/** Writes what one event changes in the rows of its order. */
export const keepEvent = async (tx: Tx, orderId: string, event: PaymentEvent): Promise<void> => {
  const change = (data: Prisma.PaymentUpdateManyMutationInput) =>
    tx.payment.updateMany({ where: { orderId }, data });
  switch (event.type) {
    case 'Requested':
      await tx.payment.createMany({ data: { orderId, status: 'PENDING', ...columnsOf(event.terms) } });
      await tx.escrow.createMany({ data: escrowsOf(event.terms) });
      return;
    case 'RequestedTooLate': {
      const { id: _named, ...columns } = columnsOf(event.terms);
      await change(columns);
      return;
    }
    case 'CaptureStarted':
      await change({ status: 'CAPTURING' });
      return;
    case 'CancelRequested':
      await change({ cancelRequested: true });
      return;
    case 'Captured':
      await keepCapture(tx, orderId, event.captureId);
      return;
    case 'Declined':
      await change({ status: 'DECLINED', declineReason: event.reason });
      return;
    case 'Voided':
      await tx.$executeRaw`
        INSERT INTO payments (order_id, id, status) VALUES (${orderId}, ${event.paymentId}, 'VOIDED')
        ON CONFLICT (order_id) DO UPDATE SET status = 'VOIDED'`;
      return;
    default:
      await keepAfterCapture(tx, orderId, event);
  }
};

const columnsOf = ({ paymentId, buyerId, method, total }: Terms) => ({
  id: paymentId,
  buyerId,
  method,
  currency: total.currency,
  amount: total.minor,
});

const escrowsOf = ({ orderId, shipments }: Terms) =>
  shipments.map(({ shipmentId, sellerId, amount }) => ({
    shipmentId,
    orderId,
    sellerId,
    currency: amount.currency,
    amount: amount.minor,
    state: 'EXPECTED',
  }));

const keepCapture = async (tx: Tx, orderId: string, captureId: string | null): Promise<void> => {
  await tx.$executeRaw`
    UPDATE payments SET status = 'CAPTURED', captured = amount, provider_capture_id = ${captureId}
    WHERE order_id = ${orderId}`;
  await tx.$executeRaw`UPDATE escrows SET state = 'HELD', captured = amount WHERE order_id = ${orderId}`;
};

type AfterCapture = Extract<
  PaymentEvent,
  { type: 'Shipped' | 'Released' | 'RefundRecorded' | 'Reclaimed' | 'RefundSettled' }
>;

const keepAfterCapture = async (tx: Tx, orderId: string, event: AfterCapture): Promise<void> => {
  switch (event.type) {
    case 'Shipped':
      await tx.escrow.updateMany({
        where: { shipmentId: event.shipmentId },
        data: { shippedAt: new Date(event.at) },
      });
      return;
    case 'Released':
      await tx.$executeRaw`
        UPDATE escrows SET state = 'RELEASED', released = amount - refunded WHERE shipment_id = ${event.shipment.shipmentId}`;
      return;
    case 'RefundRecorded':
      await keepRefund(tx, orderId, event);
      await keepShares(tx, event.shares, event.staysHeld ?? false);
      return;
    case 'Reclaimed':
      await keepRefund(tx, orderId, event);
      await keepReclaimed(tx, event);
      return;
    case 'RefundSettled': {
      const { minor } = event.amount;
      await tx.$executeRaw`UPDATE refunds SET settled_at = now() WHERE id = ${event.refundId}`;
      await tx.payment.updateMany({
        where: { orderId },
        data: { refunding: { decrement: minor }, refunded: { increment: minor } },
      });
    }
  }
};
