import type { OutgoingMessage } from '@emporium/messaging';
import type { OrderId } from '../application/ports.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { PurchaseStep } from '../domain/purchase-step.ts';
import { announce } from './announce.ts';
import type { Tx } from './database.ts';
import { readHistories } from './history.ts';

/** What happened that asks for each step's answer. */
const asking: Readonly<Record<PurchaseStep, readonly OrderEvent['type'][]>> = {
  RESERVE: ['Placed'],
  PAY: ['StockReserved'],
  REFUND: ['Failed', 'Cancelled'],
};

/** The card's token left its row with the first question; it is taken from there. */
const fetchToken = async (tx: Tx, orderId: OrderId): Promise<void> => {
  await tx.$executeRaw`
    INSERT INTO order_payment_tokens (order_id, token)
    SELECT deadline.order_id, outbox.envelope -> 'payload' ->> 'token'
    FROM purchase_deadlines AS deadline JOIN outbox ON outbox.id = deadline.message_id
    WHERE deadline.order_id = ${orderId} AND deadline.step = 'PAY' AND outbox.envelope -> 'payload' ? 'token'
    ON CONFLICT DO NOTHING`;
};

/** The question of a step once more: the same words in a new message, which those who have heard it know. */
export const askAgain = async (tx: Tx, orderId: OrderId, step: PurchaseStep): Promise<OutgoingMessage> => {
  const history = (await readHistories(tx, [orderId])).get(orderId) ?? [];
  const event = history.findLast(({ type }) => asking[step].includes(type));
  if (!event) throw new TypeError(`order ${orderId} never asked for ${step}`);
  if (step === 'PAY') await fetchToken(tx, orderId);
  const message = await announce(tx, orderId, event);
  if (!message) throw new TypeError(`${event.type} is told to nobody`);
  return message;
};
