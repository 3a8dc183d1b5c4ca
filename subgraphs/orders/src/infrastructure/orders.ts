import type { Id } from '@emporium/domain';
import { appendToOutbox } from '@emporium/messaging';
import type { OrderId, Orders } from '../application/ports.ts';
import type { PurchaseTerms } from '../domain/purchase-step.ts';
import { announce } from './announce.ts';
import { askAgain } from './ask-again.ts';
import type { Tx } from './database.ts';
import { askedAgain, beginStep, endStep, parkStep } from './deadlines.ts';
import { appendHistory, loadOrder, type Step, stepsAfter } from './history.ts';
import { project } from './read-model.ts';
import { receiveConfirmed } from './received-orders.ts';

/** Orders within a transaction: history, read model, messages and deadlines move together. `moved` hears which moved. */
export const createOrders = (tx: Tx, terms: PurchaseTerms, moved: (id: OrderId) => void): Orders => ({
  load: (id) => loadOrder(tx, id),

  append: async (id, before, events) => {
    const steps = stepsAfter(before, events);
    for (const step of steps) await endStep(tx, id, step);
    await appendHistory(tx, id, steps);
    await project(tx, id, steps);
    for (const step of steps) await tell(tx, id, step, terms);
    await receiveConfirmed(tx, id, steps);
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

  orderOfReturn: async (returnId) => {
    const found = await tx.return.findUnique({ where: { id: returnId }, select: { orderId: true } });
    return (found?.orderId as OrderId | undefined) ?? null;
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

const tell = async (tx: Tx, id: OrderId, step: Step, terms: PurchaseTerms): Promise<void> => {
  const { event } = step;
  const isAgain = event.type === 'AskedAgain';
  const message = isAgain ? await askAgain(tx, id, event.step) : await announce(tx, id, event);
  if (event.type === 'Failed' || event.type === 'Cancelled') await forgetToken(tx, id);
  if (message) await appendToOutbox(tx, [message]);
  await beginStep(tx, id, step, message?.id ?? null, terms);
  if (isAgain && message) await askedAgain(tx, id, event, message.id);
  if (event.type === 'PurchaseParked')
    await parkStep(tx, id, event.step, 'Nobody answered, however often asked.');
};

/** Nobody will ask for this payment any more. */
const forgetToken = async (tx: Tx, id: OrderId): Promise<void> => {
  await tx.$executeRaw`DELETE FROM order_payment_tokens WHERE order_id = ${id}`;
};
