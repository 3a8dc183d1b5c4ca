import { orderPlaced } from '@emporium/contracts';
import { ack, batchSubscriber, causeOf } from '@emporium/messaging';
import { type PlacedOrder, serve } from '../domain/serve.ts';
import { mostTogether } from './handle-reservations.ts';
import type { Ports } from './ports.ts';

/** Where a purchase begins, a rush is put into groups: they share the transactions of each later step, too (ADR 124). */
const groupEveryMs = 100;

/**
 * A placed order has all its lines set aside or waiting, or none. What its buyer held of them goes to the order. Orders that
 * came together are held together, served in the order in which they were placed, and written together.
 */
export const onOrderPlaced = batchSubscriber(
  orderPlaced,
  mostTogether,
  async ({ reservations, stock, holds }: Ports, received) => {
    const orders = received.map((message) => ({ ...message.payload, cause: causeOf(message) }));
    const orderIds = orders.map(({ orderId }) => orderId);
    const buyerIds = orders.map(({ buyerId }) => buyerId);
    const variantIds = variantsOf(orders);
    const held = await reservations.hold(orderIds, variantIds);
    let known = held.reservations;
    for (let waiting: readonly (typeof orders)[number][] = orders; waiting.length > 0; ) {
      const served = serve(waiting, known, await stock.readShelf(variantIds, buyerIds));
      await holds.handOver(served.handedOver);
      await reservations.save(
        served.happened.map(({ order, event }) => ({ ...order, event })),
        held.at,
      );
      known = served.reservations;
      waiting = served.rest;
    }
    return ack;
  },
  { everyMs: groupEveryMs },
);

const variantsOf = (orders: readonly PlacedOrder[]) => [
  ...new Set(orders.flatMap(({ lines }) => lines.map(({ variantId }) => variantId))),
];
