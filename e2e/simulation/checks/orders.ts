import { guestOf } from '../../../subgraphs/orders/src/domain/guest.ts';
import { evolve, initial, isTerminal, statusOf } from '../../../subgraphs/orders/src/domain/order.ts';
import type { OrderEvent } from '../../../subgraphs/orders/src/domain/order-event.ts';
import { historyOf } from '../shop/orders/order-tables.ts';
import type { Shop } from '../shop/world.ts';
import type { Check } from './rule.ts';
import { textOf } from './text-of.ts';

/** Legal moves of an order's status. */
const edges = new Set([
  ...['PENDING>RESERVED', 'PENDING>FAILED', 'PENDING>CANCELLED', 'RESERVED>CONFIRMED', 'RESERVED>FAILED'],
  ...[
    'RESERVED>CANCELLED',
    'CONFIRMED>SHIPPED',
    'CONFIRMED>CANCELLED',
    'SHIPPED>DELIVERED',
    'SHIPPED>COMPLETED',
  ],
  // What was behind is called off.
  ...['CONFIRMED>DELIVERED', 'CONFIRMED>COMPLETED', 'DELIVERED>COMPLETED'],
]);

/** What the others are told of. */
const announced: readonly OrderEvent['type'][] = [
  ...([
    'Placed',
    'StockReserved',
    'Confirmed',
    'ShipmentShipped',
    'LinesCancelled',
    'ReturnReceived',
    'Claimed',
  ] as const),
  ...(['ShipmentDelivered', 'Failed', 'Cancelled', 'AskedAgain'] as const),
];

const ordersOf = ({ orders }: Shop) => [...orders.tables.orders.committed.values()];

export const orderChecks: readonly Check[] = [
  {
    rule: 'every purchase is settled',
    broken: (shop) =>
      ordersOf(shop)
        .filter(({ status }) => status === 'PENDING' || status === 'RESERVED')
        .map(({ id, status }) => `${id} is ${status}`),
  },
  {
    rule: 'an order begins PENDING, moves along legal edges only, and ends once',
    broken: (shop) =>
      ordersOf(shop).flatMap(({ id }) => {
        const statuses = historyOf(shop.orders.tables, id).map(({ status }) => status);
        const moves = statuses.filter((status, index) => status !== statuses[index - 1]);
        const isLegal = moves.every((status, index) => {
          const before = moves[index - 1];
          return before === undefined
            ? status === 'PENDING'
            : !isTerminal(before) && edges.has(`${before}>${status}`);
        });
        return isLegal ? [] : [`${id}: ${moves.join(' > ')}`];
      }),
  },
  {
    rule: 'an order that is built again from its history is the one that screens read',
    broken: (shop) =>
      ordersOf(shop).flatMap(({ id, order, status, version }) => {
        const history = historyOf(shop.orders.tables, id);
        const rebuilt = history.map(({ event }) => event).reduce(evolve, initial);
        const isEqual =
          rebuilt.phase !== 'ABSENT' &&
          textOf(rebuilt) === textOf(order) &&
          statusOf(rebuilt) === status &&
          history.length === version;
        return isEqual ? [] : [`${id} is ${status} in version ${version}, and its history says otherwise`];
      }),
  },
  {
    rule: 'what happened to an order is told exactly as often as it happened',
    broken: (shop) =>
      ordersOf(shop).flatMap(({ id }) => {
        const happened = historyOf(shop.orders.tables, id).filter(({ event }) =>
          announced.includes(event.type),
        ).length;
        const messages = [...shop.orders.messages.outbox.committed.values()].filter(
          ({ aggregateId }) => aggregateId === id,
        );
        const due = happened + (shop.orders.tables.deleted.committed.has(guestOf(id)) ? 1 : 0);
        return due === messages.length
          ? []
          : [`of ${id}, ${due} things are to be told and ${messages.length} are`];
      }),
  },
  {
    rule: 'what was paid for an order that came to nothing goes back without being asked for again',
    broken: ({ orders }) =>
      orders.tables.overruns
        .filter(({ step }) => step === 'REFUND')
        .map(({ orderId }) => `${orderId} has waited for its refund`),
  },
  {
    rule: 'no step is out of time before its question was out for that long',
    broken: ({ orders }) =>
      orders.tables.overruns
        .filter(({ publishedAt, at, seconds }) => publishedAt === null || at - publishedAt < seconds * 1000)
        .map(
          ({ orderId, step, at, publishedAt }) =>
            `${step} of ${orderId} ran out at ${Math.round(at)} ms, published ${publishedAt === null ? 'never' : `at ${Math.round(publishedAt)} ms`}`,
        ),
  },
];
