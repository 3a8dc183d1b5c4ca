import type { Id } from '@emporium/domain';
import { currentCause, gather, gatherAll, type OutgoingMessage, withCause } from '@emporium/messaging';
import type { OrderId, Orders, SealToken } from '../application/ports.ts';
import { isGuest } from '../domain/guest.ts';
import { isTerminal } from '../domain/order.ts';
import type { PurchaseTerms } from '../domain/purchase-step.ts';
import { announce } from './announce.ts';
import { askAgain } from './ask-again.ts';
import { takeCards } from './cards.ts';
import type { Tell, Tx } from './database.ts';
import { askedAgain, awaitBuyer, beginSteps, endSteps, parkStep } from './deadlines.ts';
import { endGuestOrders } from './guest-orders.ts';
import { appendHistories, type CausedMove, loadOrders, type Step, stepsAfter } from './history.ts';
import { projectOrders, projectParts } from './read-model.ts';
import { receiveConfirmed } from './received-orders.ts';
import type { Writes } from './writes.ts';

/**
 * Orders within a transaction: history, read model, messages and deadlines move together. What is asked for at the same
 * moment is asked together. `moved` hears which moved.
 */
export const createOrders = (
  tx: Tx,
  writes: Writes,
  terms: PurchaseTerms,
  tell: Tell,
  moved: (id: OrderId) => void,
  sealToken: SealToken,
): Orders => {
  const move = gatherAll((moves: readonly CausedMove[]) =>
    moveAll(tx, writes, moves, tell, terms, sealToken),
  );
  return {
    load: gather((ids: readonly OrderId[]) => loadOrders(tx, ids)),

    append: async (orderId, before, events) => {
      await move({ orderId, steps: stepsAfter(before, events), cause: currentCause() });
      moved(orderId);
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
      const shipment = await tx.shipment.findUnique({
        where: { id: shipmentId },
        select: { orderId: true },
      });
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
  };
};

const moveAll = async (
  tx: Tx,
  writes: Writes,
  moves: readonly CausedMove[],
  tell: Tell,
  terms: PurchaseTerms,
  sealToken: SealToken,
): Promise<void> => {
  await endSteps(tx, moves);
  const messages = await messagesOf(tx, moves, sealToken);
  tell([...messages.values()]);
  await projectOrders(writes, moves);
  beginSteps(writes, moves, (step) => messages.get(step), terms);
  await appendHistories(writes, moves);
  await projectParts(tx, moves);
  for (const { orderId, steps } of moves)
    for (const step of steps) await keepAsking(tx, orderId, step, messages.get(step), terms);
  await receiveConfirmed(tx, moves);
  const ended = moves.filter(({ steps }) => steps.some(endsForGuest)).map(({ orderId }) => orderId);
  if (ended.length > 0) await endGuestOrders(tx, ended);
};

const endsForGuest = ({ after, status }: Step): boolean => isTerminal(status) && isGuest(after.buyerId);

const messagesOf = async (
  tx: Tx,
  moves: readonly CausedMove[],
  sealToken: SealToken,
): Promise<ReadonlyMap<Step, OutgoingMessage>> => {
  const cards = await takeCards(tx, moves, sealToken);
  const messages = new Map<Step, OutgoingMessage>();
  for (const { orderId, steps, cause } of moves) {
    for (const step of steps) {
      const { event } = step;
      const message = await withCause(cause, async () =>
        event.type === 'AskedAgain'
          ? askAgain(tx, orderId, step, event.step, sealToken)
          : announce(orderId, step, cards.get(orderId)),
      );
      if (message) messages.set(step, message);
    }
  }
  return messages;
};

const keepAsking = async (
  tx: Tx,
  orderId: OrderId,
  { event }: Step,
  message: OutgoingMessage | undefined,
  terms: PurchaseTerms,
): Promise<void> => {
  if (event.type === 'AskedAgain' && message) await askedAgain(tx, orderId, event, message.id);
  if (event.type === 'PaymentAwaitsBuyer') await awaitBuyer(tx, orderId, terms.PAY);
  if (event.type === 'PurchaseParked')
    await parkStep(tx, orderId, event.step, 'Nobody answered, however often asked.');
};
