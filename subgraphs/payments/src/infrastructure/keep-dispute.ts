/** Writes what is disputed. What was said in a dispute is kept beside, by who heard it. */
import type { PaymentEvent } from '../domain/payment.ts';
import type { Prisma } from './generated/client.ts';

type Tx = Prisma.TransactionClient;
type DisputeEvent = Extract<PaymentEvent, { type: 'DisputeOpened' | 'ReleaseHeldBack' | 'DisputeEnded' }>;

export const keepDispute = async (tx: Tx, orderId: string, event: DisputeEvent): Promise<void> => {
  const { shipmentId } = event;
  switch (event.type) {
    case 'DisputeOpened':
      await tx.$executeRaw`
        INSERT INTO disputes (id, order_id, shipment_id, seller_id, buyer_id, currency, reason, status)
        SELECT ${event.disputeId}, ${orderId}, shipment_id, seller_id, payments.buyer_id, escrows.currency, ${event.reason}, 'OPEN'
        FROM escrows JOIN payments USING (order_id) WHERE shipment_id = ${shipmentId}`;
      await tx.escrow.updateMany({ where: { shipmentId }, data: { frozenBy: event.disputeId } });
      return;
    case 'ReleaseHeldBack':
      await tx.escrow.updateMany({ where: { shipmentId }, data: { releaseDue: true } });
      return;
    case 'DisputeEnded': {
      const { disputeId, outcome, by, refunded, released } = event;
      await tx.escrow.updateMany({
        where: { shipmentId },
        data: { frozenBy: null, conceded: { increment: refunded.minor } },
      });
      await tx.$executeRaw`
        UPDATE disputes SET status = ${outcome}, decided_by = ${by}, ended_at = now(),
          refunded = ${refunded.minor}, released = ${released.minor}
        WHERE id = ${disputeId}`;
    }
  }
};
