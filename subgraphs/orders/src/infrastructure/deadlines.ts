import type { Deadlines, OrderId, Overdue } from '../application/ports.ts';
import type { FindOverdue } from '../application/time-out-purchases.ts';
import type { PurchaseStep } from '../domain/order-command.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { Tx } from './database.ts';

/** How long others may take over each step, in seconds. */
export type Patience = Readonly<Record<PurchaseStep, number>>;

const begins: Partial<Record<OrderEvent['type'], PurchaseStep>> = {
  Placed: 'RESERVE',
  StockReserved: 'PAY',
};
const answers: readonly OrderEvent['type'][] = ['StockReserved', 'Confirmed', 'Failed', 'Cancelled'];

/** Ends what an event answers. Comes before anything else is written, so that it cannot meet a time-out crosswise. */
export const endSteps = async (tx: Tx, orderId: OrderId, events: readonly OrderEvent[]): Promise<void> => {
  if (events.some(({ type }) => answers.includes(type))) {
    await tx.$executeRaw`DELETE FROM purchase_deadlines WHERE order_id = ${orderId}`;
  }
};

/** Begins the step that an event asks for. It is counted from when its message was published, so an outage costs no time. */
export const beginStep = async (
  tx: Tx,
  orderId: OrderId,
  { type }: OrderEvent,
  messageId: string,
  patience: Patience,
): Promise<void> => {
  const step = begins[type];
  if (!step) return;
  await tx.$executeRaw`
    INSERT INTO purchase_deadlines (order_id, step, message_id, seconds)
    VALUES (${orderId}, ${step}, ${messageId}, ${patience[step]})`;
};

export const createFindOverdue =
  (client: Tx): FindOverdue =>
  (limit) =>
    client.$queryRaw<Overdue[]>`
    SELECT deadline.order_id AS "orderId", deadline.step
    FROM purchase_deadlines AS deadline JOIN outbox ON outbox.id = deadline.message_id
    WHERE outbox.published_at + make_interval(secs => deadline.seconds) < now()
    ORDER BY outbox.published_at
    LIMIT ${limit}`;

export const createDeadlines = (tx: Tx): Deadlines => ({
  claim: async ({ orderId, step }) => {
    const claimed = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM purchase_deadlines WHERE order_id = ${orderId} AND step = ${step} FOR UPDATE SKIP LOCKED`;
    return claimed.length > 0;
  },
  remove: async ({ orderId, step }) => {
    await tx.$executeRaw`DELETE FROM purchase_deadlines WHERE order_id = ${orderId} AND step = ${step}`;
  },
});
