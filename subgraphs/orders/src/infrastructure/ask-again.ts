import type { OutgoingMessage } from '@emporium/messaging';
import type { OrderId } from '../application/ports.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { PurchaseStep } from '../domain/purchase-step.ts';
import { announce, type Card } from './announce.ts';
import type { Tx } from './database.ts';
import { readHistories, type Step } from './history.ts';

/** What happened that asks for each step's answer. */
const asking: Readonly<Record<PurchaseStep, readonly OrderEvent['type'][]>> = {
  RESERVE: ['Placed'],
  PAY: ['StockReserved'],
  REFUND: ['Failed', 'Cancelled'],
};

/** With which card it is paid left with the first question; it is taken from there. */
const cardOf = async (tx: Tx, orderId: OrderId): Promise<Card | undefined> => {
  const [row] = await tx.$queryRaw<Card[]>`
    SELECT outbox.envelope -> 'payload' ->> 'token' AS token,
      outbox.envelope -> 'payload' ->> 'paymentMethodId' AS "paymentMethodId"
    FROM purchase_deadlines AS deadline JOIN outbox ON outbox.id = deadline.message_id
    WHERE deadline.order_id = ${orderId} AND deadline.step = 'PAY'`;
  return row;
};

/** The question of a step once more: the same words in a new message, which those who have heard it know. */
export const askAgain = async (
  tx: Tx,
  orderId: OrderId,
  { after }: Step,
  step: PurchaseStep,
): Promise<OutgoingMessage> => {
  const history = (await readHistories(tx, [orderId])).get(orderId) ?? [];
  const event = history.findLast(({ type }) => asking[step].includes(type));
  if (!event) throw new TypeError(`order ${orderId} never asked for ${step}`);
  const card = step === 'PAY' ? await cardOf(tx, orderId) : undefined;
  const message = announce(orderId, { event, after }, card);
  if (!message) throw new TypeError(`${event.type} is told to nobody`);
  return message;
};
