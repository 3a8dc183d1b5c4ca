import { asId } from '@emporium/domain';
import type { OutgoingMessage } from '@emporium/messaging';
import type { OrderId, Orders } from '../../../../subgraphs/orders/src/application/ports.ts';
import { awaited, evolve, initial } from '../../../../subgraphs/orders/src/domain/order.ts';
import type { OrderEvent } from '../../../../subgraphs/orders/src/domain/order-event.ts';
import type { PurchaseStep } from '../../../../subgraphs/orders/src/domain/purchase-step.ts';
import { announce } from '../../../../subgraphs/orders/src/infrastructure/announce.ts';
import {
  ConcurrencyError,
  type Step,
  stepsAfter,
} from '../../../../subgraphs/orders/src/infrastructure/history.ts';
import {
  type CouponUse,
  type HistoryRow,
  historyKey,
  historyOf,
  type OrderTables,
} from './order-tables.ts';
import { purchaseTerms } from './purchase-terms.ts';
import type { OrdersWithin } from './within.ts';

const asking: Readonly<Record<PurchaseStep, readonly OrderEvent['type'][]>> = {
  RESERVE: ['Placed'],
  PAY: ['StockReserved'],
  REFUND: ['Failed', 'Cancelled'],
};

/** Orders within a transaction: history, read model, messages and deadlines move together. */
export const createOrderStore = (within: OrdersWithin): Orders => {
  const { tx, tables } = within;
  const historyIn = (orderId: string): readonly HistoryRow[] => {
    const rows: HistoryRow[] = [];
    for (let sequence = 1; ; sequence += 1) {
      const row = tx.read(tables.history, historyKey(orderId, sequence));
      if (!row) return rows;
      rows.push(row);
    }
  };
  const find = (isIt: (order: { readonly id: OrderId }) => boolean) =>
    tx.rows(tables.orders).find(isIt)?.id ?? null;

  return {
    load: async (id) => {
      await tx.statement(`loads ${id}`);
      const history = historyIn(id);
      return { order: history.map(({ event }) => event).reduce(evolve, initial), version: history.length };
    },
    append: async (orderId, before, events) => {
      await tx.statement(`appends to ${orderId}`);
      const steps = stepsAfter(before, events);
      if (steps.some(isAnswered)) await tx.remove(tables.deadlines, orderId);
      await appendSteps(within, orderId, steps);
      for (const step of steps) await follow(within, orderId, step, historyIn(orderId));
    },
    unfinishedOf: async () => [],
    orderOfShipment: async (shipmentId) => {
      await tx.statement(`looks for ${shipmentId}`);
      return find(
        ({ id }) =>
          tx.read(tables.orders, id)?.order.shipments.some((each) => each.id === shipmentId) ?? false,
      );
    },
    orderOfReturn: async (returnId) => {
      await tx.statement(`looks for ${returnId}`);
      return find(
        ({ id }) => tx.read(tables.orders, id)?.order.returns.some((each) => each.id === returnId) ?? false,
      );
    },
    linesOf: async (orderId) => {
      await tx.statement(`reads the lines of ${orderId}`);
      const placed = historyIn(orderId)[0]?.event;
      if (placed?.type !== 'Placed') return [];
      return placed.lines.map(({ variantId, quantity, unitPrice }) => ({
        variantId,
        quantity,
        priceAdded: unitPrice,
      }));
    },
  };
};

/** The answer that was owed is there, or nobody owes it any more. */
const isAnswered = ({ before, after }: Step): boolean =>
  awaited(before) !== null && awaited(before) !== awaited(after);

const appendSteps = async (
  { tx, tables }: OrdersWithin,
  orderId: OrderId,
  steps: readonly Step[],
): Promise<void> => {
  for (const { sequence, event, status, before, after: order } of steps) {
    const row = { orderId, sequence, event, status };
    if (!(await tx.insert(tables.history, historyKey(orderId, sequence), row)))
      throw new ConcurrencyError(`somebody moved ${orderId} on`);
    const read = { id: orderId, buyerId: order.buyerId, status, version: sequence, order };
    await tx.put(tables.orders, orderId, read);
    const change = changeOfUse(event, before);
    const coupon = change && (event.type === 'Placed' ? event.coupon : couponOf(tables, orderId));
    if (!coupon) continue;
    const use = { promotionId: coupon.promotionId, buyerId: order.buyerId, change };
    tx.afterCommit(() => tables.couponUses.push(use));
  }
};

/** An order takes its coupon, and one that comes to nothing before it is paid leaves it to others. */
const changeOfUse = ({ type }: OrderEvent, before: Step['before']): CouponUse['change'] | null => {
  if (type === 'Placed') return 1;
  const isUnpaid = before.phase === 'PENDING' || before.phase === 'RESERVED';
  return isUnpaid && (type === 'Failed' || type === 'Cancelled') ? -1 : null;
};

const couponOf = (tables: OrderTables, orderId: OrderId) => {
  const placed = historyOf(tables, orderId)[0]?.event;
  return placed?.type === 'Placed' ? placed.coupon : null;
};

/** What is told of a step, and whose answer is owed from now on. */
const follow = async (
  within: OrdersWithin,
  orderId: OrderId,
  step: Step,
  history: readonly HistoryRow[],
): Promise<void> => {
  const { tx, tables, tell, scheduler } = within;
  const { event, before, after } = step;
  noteOverrun(within, orderId, step);
  const message = await messageOf(within, orderId, step, history);
  const [told] = tell(message ? [message] : []);
  const deadline = tx.read(tables.deadlines, orderId);
  if (event.type === 'AskedAgain' && told && deadline)
    await tx.put(tables.deadlines, orderId, { ...deadline, messageId: told.id, failures: 0 });
  if (event.type === 'PurchaseParked' && deadline)
    await tx.put(tables.deadlines, orderId, { ...deadline, isParked: true });
  const owed = awaited(after);
  if (owed === null || owed === awaited(before)) return;
  await tx.put(tables.deadlines, orderId, {
    ...{ orderId, step: owed, messageId: told?.id ?? null, seconds: purchaseTerms[owed].seconds },
    ...{ begunAt: scheduler.now(), failures: 0, isParked: false },
  });
};

const messageOf = async (
  { tx, tables, messages }: OrdersWithin,
  orderId: OrderId,
  { event, after }: Step,
  history: readonly HistoryRow[],
): Promise<OutgoingMessage | null> => {
  const guestTokenHash = tx.read(tables.guestOrders, orderId)?.tokenHash ?? null;
  if (event.type !== 'AskedAgain') {
    const isLast = ['StockReserved', 'Failed', 'Cancelled'].includes(event.type);
    const token = isLast ? tx.read(tables.tokens, orderId) : undefined;
    if (token !== undefined) await tx.remove(tables.tokens, orderId);
    const savedCard = isLast ? tx.read(tables.savedCards, orderId) : undefined;
    if (savedCard !== undefined) await tx.remove(tables.savedCards, orderId);
    return announce(orderId, { event, after }, cardOf(token, savedCard, guestTokenHash));
  }
  const question = history.findLast(({ event: { type } }) => asking[event.step].includes(type));
  if (!question) throw new TypeError(`order ${orderId} never asked for ${event.step}`);
  const earlier = tx.read(tables.deadlines, orderId)?.messageId;
  const sent = earlier ? tx.read(messages().outbox, earlier)?.envelope.payload : undefined;
  const { sealedToken, paymentMethodId } = (sent ?? {}) as {
    sealedToken?: string;
    paymentMethodId?: string;
  };
  return announce(
    orderId,
    { event: question.event, after },
    event.step === 'PAY' ? cardOf(sealedToken, paymentMethodId, guestTokenHash) : undefined,
  );
};

const cardOf = (
  sealedToken: string | undefined,
  savedCard: string | undefined,
  guestTokenHash: string | null,
) =>
  sealedToken === undefined && savedCard === undefined
    ? undefined
    : { sealedToken: sealedToken ?? null, paymentMethodId: savedCard ?? null, guestTokenHash };

/** Kept beside the tables: for whoever checks the clock. */
const noteOverrun = (
  { tx, tables, messages, scheduler }: OrdersWithin,
  orderId: OrderId,
  { event }: Step,
) => {
  const isOverrun =
    event.type === 'AskedAgain' ||
    (event.type === 'Failed' && event.reason !== 'OUT_OF_STOCK' && event.reason !== 'PAYMENT_DECLINED');
  const deadline = tables.deadlines.committed.get(orderId);
  if (!isOverrun || !deadline) return;
  const { step, seconds, messageId, begunAt } = deadline;
  const row = messageId === null ? undefined : messages().outbox.committed.get(messageId);
  const publishedAt = row ? row.publishedAt : begunAt;
  const overrun = { orderId: asId<'Order'>(orderId), step, seconds, publishedAt, at: scheduler.now() };
  tx.afterCommit(() => tables.overruns.push(overrun));
};
