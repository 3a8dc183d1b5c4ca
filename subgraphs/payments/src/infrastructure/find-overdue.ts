import { asId } from '@emporium/domain';
import type { FindOverdue } from '../application/release-overdue.ts';
import type { PrismaClient } from './generated/client.ts';

type Row = { orderId: string; shipmentId: string };

/** Escrow whose clock has run out, and that nobody disputes. */
export const createFindOverdue =
  (prisma: PrismaClient): FindOverdue =>
  async (now, days, limit) => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT order_id AS "orderId", shipment_id AS "shipmentId" FROM escrows
      WHERE state = 'HELD' AND frozen_by IS NULL AND shipped_at <= ${now}::timestamptz - ${days} * interval '1 day'
      ORDER BY shipped_at LIMIT ${limit}`;
    return rows.map(({ orderId, shipmentId }) => ({
      orderId: asId(orderId),
      shipmentId: asId(shipmentId),
    }));
  };
