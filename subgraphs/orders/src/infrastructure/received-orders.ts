/** Which orders became whose to send. */
import { asInstant } from '@emporium/domain';
import type { Heard } from '@emporium/messaging';
import { createListeners, type KeyedReads } from '@emporium/subgraph';
import type { Received, ReceivedFeed } from '../application/follow-received.ts';
import type { UserId } from '../application/ports.ts';
import type { Tx } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { Move } from './history.ts';
import { readNews } from './order-news.ts';

/**
 * Once an order is confirmed, each of its sellers has received it. Who takes a seller's next number holds it until the end of
 * the transaction, so that numbers become visible in their order: call it last, so that it is not held for long.
 */
export const receiveConfirmed = async (tx: Tx, moves: readonly Move[]): Promise<void> => {
  const received = moves.flatMap(({ orderId, steps }) =>
    steps.flatMap(({ event, after }) => {
      if (event.type !== 'Confirmed') return [];
      const sends = after.shipments.filter(({ status }) => status !== 'CANCELLED');
      const sellers = [...new Set(sends.map(({ sellerId }) => sellerId))];
      return sellers.map((sellerId) => ({ orderId, sellerId, at: event.at }));
    }),
  );
  if (received.length === 0) return;
  await tx.$executeRaw`
    WITH received AS (
      SELECT seller_id, order_id, at::timestamptz AS at,
        row_number() OVER (PARTITION BY seller_id ORDER BY ordinal) - count(*) OVER (PARTITION BY seller_id) AS before_last
      FROM unnest(
        ${received.map(({ sellerId }) => sellerId)}::text[], ${received.map(({ orderId }) => orderId)}::text[],
        ${received.map(({ at }) => at)}::text[]
      ) WITH ORDINALITY AS told (seller_id, order_id, at, ordinal)
    ), counted AS (
      INSERT INTO received_counts AS counts (seller_id, last)
      SELECT seller_id, count(*) FROM received GROUP BY seller_id ORDER BY seller_id
      ON CONFLICT (seller_id) DO UPDATE SET last = counts.last + excluded.last
      RETURNING seller_id, last
    )
    INSERT INTO received_orders (seller_id, sequence, order_id, at)
    SELECT seller_id, last + before_last, order_id, at FROM received JOIN counted USING (seller_id)`;
};

/** Wakes whoever follows what sellers receive. */
export type SellerWakes = {
  on(sellerId: UserId, wake: () => void): () => void;
  /** `orders.confirmed` was heard, which is told after the commit. */
  heard(message: Heard): Promise<void>;
  all(): void;
};

/** A message names the order, not its sellers; those are read while anybody follows anything. */
export const createSellerWakes = (keyed: KeyedReads, failed: (error: unknown) => void): SellerWakes => {
  const listeners = createListeners<UserId>();
  return {
    on: listeners.on,
    heard: async (message) => {
      const id = readNews(message)?.orderId;
      if (id === undefined || listeners.isEmpty()) return;
      try {
        const rows = await keyed.rows<{ sellerId: UserId }>(Prisma.sql`
          SELECT seller_id AS "sellerId" FROM received_orders WHERE order_id = ${id}`);
        for (const { sellerId } of rows) listeners.wake(sellerId);
      } catch (error) {
        failed(error);
      }
    },
    all: listeners.wakeAll,
  };
};

type Row = Omit<Received, 'at'> & { readonly at: Date };

export const createReceivedFeed = (
  keyed: KeyedReads,
  wakes: SellerWakes,
  failed: (error: unknown) => void,
): ReceivedFeed => ({
  last: async (sellerId) => {
    const [row] = await keyed.rows<{ last: number }>(Prisma.sql`
      SELECT last FROM received_counts WHERE seller_id = ${sellerId}`);
    return row?.last ?? 0;
  },
  after: async (sellerId, sequence, limit) => {
    const rows = await keyed.rows<Row>(Prisma.sql`
      SELECT sequence, order_id AS "orderId", at FROM received_orders
      WHERE seller_id = ${sellerId} AND sequence > ${sequence} ORDER BY sequence LIMIT ${limit}`);
    return rows.map(({ at, ...row }) => ({ ...row, at: asInstant(at.toISOString()) }));
  },
  onWake: wakes.on,
  failed,
});
