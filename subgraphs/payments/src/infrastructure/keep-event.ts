import type { AfterCapture, PaymentEvent } from '../domain/payment.ts';
import type { Prisma } from './generated/client.ts';
import { keepDispute } from './keep-dispute.ts';
import {
  type Happened,
  keepActions,
  keepCaptures,
  keepDeclines,
  keepLateRequests,
  keepProviders,
  keepRequests,
  keepVoided,
} from './keep-purchase.ts';
import { keepReclaimed, keepRefund, keepShares } from './keep-refund.ts';

type Tx = Prisma.TransactionClient;

/**
 * Writes what happened in the rows of its orders. Each history is one order's, in its order; what happened to several at the
 * same point of theirs costs one statement a kind.
 */
export const keepEvents = async (tx: Tx, histories: readonly (readonly Happened[])[]): Promise<void> => {
  const longest = Math.max(...histories.map(({ length }) => length));
  for (let point = 0; point < longest; point += 1) {
    const now = histories.flatMap((history) => history[point] ?? []);
    for (const type of new Set(now.map(({ event }) => event.type))) {
      await keepAlike(
        tx,
        now.filter(({ event }) => event.type === type),
      );
    }
  }
};

/** All of one kind, each of another order. */
const keepAlike = async (tx: Tx, happened: readonly Happened[]): Promise<void> => {
  const [first] = happened;
  const orders = happened.map(({ orderId }) => orderId);
  switch (first?.event.type) {
    case undefined:
      return;
    case 'Requested':
      return keepRequests(tx, only(happened, 'Requested'));
    case 'RequestedTooLate':
      return keepLateRequests(tx, only(happened, 'RequestedTooLate'));
    case 'CaptureStarted':
      await tx.$executeRaw`UPDATE payments SET status = 'CAPTURING' WHERE order_id = ANY(${orders})`;
      return;
    case 'CancelRequested':
      await tx.$executeRaw`UPDATE payments SET cancel_requested = true WHERE order_id = ANY(${orders})`;
      return;
    case 'ProviderChanged':
      return keepProviders(tx, only(happened, 'ProviderChanged'));
    case 'ActionRequired':
      return keepActions(tx, only(happened, 'ActionRequired'));
    case 'Captured':
      return keepCaptures(tx, only(happened, 'Captured'));
    case 'Declined':
      return keepDeclines(tx, only(happened, 'Declined'));
    case 'Voided':
      return keepVoided(tx, only(happened, 'Voided'));
    default:
      for (const { orderId, event } of happened) await keepAfterCapture(tx, orderId, event as AfterCapture);
  }
};

type EventOf<Type extends PaymentEvent['type']> = Extract<PaymentEvent, { type: Type }>;

const only = <Type extends PaymentEvent['type']>(happened: readonly Happened[], type: Type) =>
  happened.filter((each): each is Happened<EventOf<Type>> => each.event.type === type);

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
        UPDATE escrows SET state = 'RELEASED', released = amount - refunded, commission = ${event.commission.minor},
          settled = ${event.conversion?.target.minor ?? 0n}
        WHERE shipment_id = ${event.shipment.shipmentId}`;
      return;
    case 'RefundRecorded':
      await keepRefund(tx, orderId, event);
      await keepShares(tx, event.shares, event.staysHeld ?? false);
      return;
    case 'Reclaimed':
      await keepRefund(tx, orderId, event);
      await keepReclaimed(tx, event);
      return;
    case 'DisputeOpened':
    case 'ReleaseHeldBack':
    case 'DisputeEnded':
      return keepDispute(tx, orderId, event);
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
