import { asInstant } from '@emporium/domain';
import type { KeyedReads } from '@emporium/subgraph';
import type { OrderId } from '../application/ports.ts';
import type { ReturnReads, ReturnView } from '../application/returns/return-reads.ts';
import { returnStatuses } from '../domain/return.ts';
import { Prisma } from './generated/client.ts';

type Row = Omit<ReturnView, 'refund' | 'requestedAt' | 'changedAt'> & {
  readonly refundMinor: bigint | null;
  readonly currency: string;
  readonly requestedAt: Date;
  readonly changedAt: Date;
};

const viewOf = ({ refundMinor, currency, requestedAt, changedAt, ...row }: Row): ReturnView => ({
  ...row,
  refund: refundMinor === null ? null : { minor: refundMinor, currency },
  requestedAt: asInstant(requestedAt.toISOString()),
  changedAt: asInstant(changedAt.toISOString()),
});

const columns = Prisma.sql`
  returned.id, returned.order_id AS "orderId", returned.shipment_id AS "shipmentId", returned.seller_id AS "sellerId",
  orders.buyer_id AS "buyerId", returned.status, returned.reason, returned.refund_minor AS "refundMinor",
  orders.currency, returned.requested_at AS "requestedAt", returned.changed_at AS "changedAt",
  (SELECT jsonb_agg(jsonb_build_object('variantId', variant_id, 'quantity', quantity, 'restocked', restocked,
    'writtenOff', written_off) ORDER BY position) FROM return_lines WHERE return_id = returned.id) AS lines,
  coalesce((SELECT jsonb_object_agg(about, text) FROM return_notes WHERE return_id = returned.id), '{}') AS said`;

const from = Prisma.sql`FROM returns AS returned JOIN orders ON orders.id = returned.order_id`;

/** By key, as one statement for each way to ask. */
export const createReturnReads = (keyed: KeyedReads): ReturnReads => ({
  returnsOf: async (ids) => {
    const rows = await keyed.rows<Row>(Prisma.sql`
      SELECT ${columns} ${from} WHERE returned.order_id = ANY(${ids}) ORDER BY returned.id`);
    const groups = new Map<OrderId, ReturnView[]>(ids.map((id) => [id, []]));
    for (const row of rows) groups.get(row.orderId)?.push(viewOf(row));
    return ids.map((id) => groups.get(id) ?? []);
  },

  returns: async (ids) => {
    const rows = await keyed.rows<Row>(
      Prisma.sql`SELECT ${columns} ${from} WHERE returned.id = ANY(${ids})`,
    );
    const views = new Map(rows.map((row) => [row.id, viewOf(row)]));
    return ids.map((id) => views.get(id) ?? null);
  },

  // Each status has its own place in the index, so each is read by itself.
  returnsOfSeller: async ({ sellerId, statuses, sort }, { limit, after }) => {
    const wanted = statuses.length > 0 ? [...new Set(statuses)] : returnStatuses;
    const [order, beyond] =
      sort === 'NEWEST'
        ? [Prisma.raw('DESC'), Prisma.sql`id < ${after}`]
        : [Prisma.raw('ASC'), Prisma.sql`id > ${after}`];
    const rows = await keyed.rows<Row>(Prisma.sql`
      SELECT ${columns} FROM (
        SELECT found.* FROM unnest(${wanted}::text[]) AS wanted (status), LATERAL (
          SELECT * FROM returns
          WHERE seller_id = ${sellerId} AND returns.status = wanted.status AND ${after === null ? Prisma.sql`TRUE` : beyond}
          ORDER BY id ${order} LIMIT ${limit}
        ) AS found
        ORDER BY found.id ${order} LIMIT ${limit}
      ) AS returned JOIN orders ON orders.id = returned.order_id
      ORDER BY returned.id ${order}`);
    return rows.map(viewOf);
  },
});
