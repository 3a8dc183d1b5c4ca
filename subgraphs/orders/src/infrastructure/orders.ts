import type { Id } from '@emporium/domain';
import { appendToOutbox, type OutgoingMessage } from '@emporium/messaging';
import type { OrderId, Orders } from '../application/ports.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import { announce } from './announce.ts';
import type { Tx } from './database.ts';
import { beginStep, endSteps, type Patience } from './deadlines.ts';
import { appendHistory, loadOrder, stepsAfter } from './history.ts';
import { project } from './read-model.ts';

/** Orders within a transaction: history, read model, messages and deadlines move together. `moved` hears which moved. */
export const createOrders = (tx: Tx, patience: Patience, moved: (id: OrderId) => void): Orders => ({
  load: (id) => loadOrder(tx, id),

  append: async (id, before, events) => {
    const steps = stepsAfter(before, events);
    await endSteps(tx, id, events);
    await appendHistory(tx, id, steps);
    await project(tx, id, steps);
    for (const event of events) await tell(tx, id, event, patience);
    moved(id);
  },

  unfinishedOf: async (buyerId) => {
    const status = { notIn: ['COMPLETED', 'FAILED', 'CANCELLED'] };
    const rows = await tx.order.findMany({
      where: { buyerId, status },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    return rows.map(({ id }) => id as OrderId);
  },

  orderOfShipment: async (shipmentId) => {
    const shipment = await tx.shipment.findUnique({ where: { id: shipmentId }, select: { orderId: true } });
    return (shipment?.orderId as OrderId | undefined) ?? null;
  },

  linesOf: async (orderId) => {
    const lines = await tx.orderLine.findMany({
      where: { orderId },
      orderBy: { position: 'asc' },
      select: {
        variantId: true,
        quantity: true,
        unitPriceMinor: true,
        order: { select: { currency: true } },
      },
    });
    return lines.map(({ variantId, quantity, unitPriceMinor, order: { currency } }) => ({
      variantId: variantId as Id<'Variant'>,
      quantity,
      priceAdded: { minor: unitPriceMinor, currency },
    }));
  },
});

const tell = async (tx: Tx, id: OrderId, event: OrderEvent, patience: Patience): Promise<void> => {
  const message: OutgoingMessage | null = await announce(tx, id, event);
  if (event.type === 'Failed' || event.type === 'Cancelled') await forgetToken(tx, id);
  if (!message) return;
  await appendToOutbox(tx, [message]);
  await beginStep(tx, id, event, message.id, patience);
};

/** Nobody will ask for this payment any more. */
const forgetToken = async (tx: Tx, id: OrderId): Promise<void> => {
  await tx.$executeRaw`DELETE FROM order_payment_tokens WHERE order_id = ${id}`;
};
