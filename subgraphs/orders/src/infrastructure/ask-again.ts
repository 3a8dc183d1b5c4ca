import type { OutgoingMessage } from '@emporium/messaging';
import type { OrderId, SealToken } from '../application/ports.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { PurchaseStep } from '../domain/purchase-step.ts';
import { announce } from './announce.ts';
import { cardSent } from './cards.ts';
import type { Tx } from './database.ts';
import { readHistories, type Step } from './history.ts';

/** What happened that asks for each step's answer. */
const asking: Readonly<Record<PurchaseStep, readonly OrderEvent['type'][]>> = {
  RESERVE: ['Placed'],
  PAY: ['StockReserved'],
  REFUND: ['Failed', 'Cancelled'],
};

/** The question of a step once more: the same words in a new message, which those who have heard it know. */
export const askAgain = async (
  tx: Tx,
  orderId: OrderId,
  { after }: Step,
  step: PurchaseStep,
  sealToken: SealToken,
): Promise<OutgoingMessage> => {
  const history = (await readHistories(tx, [orderId])).get(orderId) ?? [];
  const event = history.findLast(({ type }) => asking[step].includes(type));
  if (!event) throw new TypeError(`order ${orderId} never asked for ${step}`);
  const card = step === 'PAY' ? await cardSent(tx, orderId, sealToken) : undefined;
  const message = announce(orderId, { event, after }, card);
  if (!message) throw new TypeError(`${event.type} is told to nobody`);
  return message;
};
