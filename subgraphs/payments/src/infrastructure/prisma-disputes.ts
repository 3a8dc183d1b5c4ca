import { asId } from '@emporium/domain';
import type { Dispute, Disputes } from '../application/ports.ts';
import type { DisputeStatus } from '../domain/dispute.ts';
import type { Prisma, Dispute as Row } from './generated/client.ts';
import { takeTurns } from './turn.ts';

/** Disputes in one transaction. */
export const prismaDisputes = (tx: Prisma.TransactionClient): Disputes => ({
  findShipment: async (shipmentId) => {
    const escrow = await tx.escrow.findUnique({ where: { shipmentId }, include: { payment: true } });
    const buyerId = escrow?.payment.buyerId;
    return escrow && buyerId ? { orderId: asId(escrow.orderId), shipmentId, buyerId: asId(buyerId) } : null;
  },
  findByKey: async (buyerId, idempotencyKey) => {
    await takeTurns(tx, [`dispute:${buyerId}:${idempotencyKey}`]);
    const row = await tx.dispute.findFirst({ where: { buyerId, idempotencyKey } });
    return row && disputeOf(row);
  },
  find: async (id) => {
    const row = await tx.dispute.findUnique({ where: { id } });
    return row && disputeOf(row);
  },
  keepSaid: async (id, said) => {
    await tx.dispute.updateMany({ where: { id }, data: said });
  },
});

const disputeOf = ({ currency, refunded, released, ...row }: Row): Dispute => ({
  id: asId(row.id),
  orderId: asId(row.orderId),
  shipmentId: asId(row.shipmentId),
  buyerId: asId(row.buyerId),
  status: row.status as DisputeStatus,
  refunded: { minor: refunded, currency },
  released: { minor: released, currency },
  inputHash: row.inputHash,
});
