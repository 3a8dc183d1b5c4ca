import { asInstant } from '@emporium/domain';
import type { Reads } from '../application/reads.ts';
import type { DisputeView } from '../application/views.ts';
import type { DisputeReason, DisputeStatus } from '../domain/dispute.ts';
import type { PrismaClient, Dispute as Row } from './generated/client.ts';

type DisputeReads = Pick<Reads, 'dispute' | 'disputesOf' | 'disputes'>;

/** What screens ask of disputes. Ids rise with time. */
export const disputeReads = (prisma: PrismaClient): DisputeReads => ({
  dispute: async (id) => {
    const row = await prisma.dispute.findUnique({ where: { id } });
    return row && viewOf(row);
  },
  disputesOf: async (orderIds) => {
    const rows = await prisma.dispute.findMany({
      where: { orderId: { in: [...orderIds] } },
      orderBy: { id: 'asc' },
    });
    const found = new Map<string, DisputeView[]>();
    for (const view of rows.map(viewOf)) {
      found.set(view.orderId, [...(found.get(view.orderId) ?? []), view]);
    }
    return found;
  },
  disputes: async ({ statuses, orderId, sellerId }, { limit, after }) => {
    const rows = await prisma.dispute.findMany({
      where: {
        ...(statuses === null ? {} : { status: { in: [...statuses] } }),
        ...(orderId === null ? {} : { orderId }),
        ...(sellerId === null ? {} : { sellerId }),
        ...(after === null ? {} : { id: { lt: after } }),
      },
      orderBy: { id: 'desc' },
      take: limit,
    });
    return rows.map(viewOf);
  },
});

const viewOf = ({ currency, refunded, released, openedAt, endedAt, ...row }: Row): DisputeView => ({
  id: row.id,
  orderId: row.orderId,
  shipmentId: row.shipmentId,
  buyerId: row.buyerId,
  sellerId: row.sellerId,
  reason: row.reason as DisputeReason,
  status: row.status as DisputeStatus,
  note: row.note,
  refunded: { minor: refunded, currency },
  released: { minor: released, currency },
  openedAt: asInstant(openedAt.toISOString()),
  endedAt: endedAt && asInstant(endedAt.toISOString()),
});
