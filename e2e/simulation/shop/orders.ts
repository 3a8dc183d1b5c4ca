import { asId } from '@emporium/domain';
import { createListeners } from '@emporium/subgraph';
import { cancelLine, cancelShipment } from '../../../subgraphs/orders/src/application/call-off-part.ts';
import { cancelOrder } from '../../../subgraphs/orders/src/application/cancel-order.ts';
import { addToCart, updateCartLine } from '../../../subgraphs/orders/src/application/change-cart.ts';
import { claimOrder } from '../../../subgraphs/orders/src/application/claim-order.ts';
import { draftOrder } from '../../../subgraphs/orders/src/application/draft-order.ts';
import { followOrder, type OrderFeed } from '../../../subgraphs/orders/src/application/follow-order.ts';
import { forgetGuest } from '../../../subgraphs/orders/src/application/forget-guest.ts';
import { mergeCart } from '../../../subgraphs/orders/src/application/merge-cart.ts';
import { confirmDelivery, shipShipment } from '../../../subgraphs/orders/src/application/move-shipment.ts';
import { type Guests, openGuestCart } from '../../../subgraphs/orders/src/application/open-guest-cart.ts';
import { placeAsGuest } from '../../../subgraphs/orders/src/application/place-as-guest.ts';
import { placeOrder } from '../../../subgraphs/orders/src/application/place-order.ts';
import type { OrderId, Ports } from '../../../subgraphs/orders/src/application/ports.ts';
import {
  approveReturn,
  receiveReturn,
} from '../../../subgraphs/orders/src/application/returns/decide-on-return.ts';
import { requestReturn } from '../../../subgraphs/orders/src/application/returns/request-return.ts';
import { subscribers } from '../../../subgraphs/orders/src/application/subscribers.ts';
import { timeOutPurchases } from '../../../subgraphs/orders/src/application/time-out-purchases.ts';
import { hashOf } from '../kernel/noise.ts';
import { orderPorts } from './orders/order-ports.ts';
import { createOrderTables, historyOf, type OrderTables } from './orders/order-tables.ts';
import { purchaseTerms } from './orders/purchase-terms.ts';
import { createPurchaseWatch, findOverdue } from './orders/watch.ts';
import { sealToken } from './sealed-token.ts';
import { createSubgraph, type World } from './subgraph.ts';

const returnDays = 30;
const rereadMs = 5000;

/** Orders: its own application over tables in memory. */
export const createOrders = (world: World) => {
  const tables = createOrderTables();
  const { weather, seams } = world;
  const { scheduler } = weather;
  const fingerprint = (text: string) => hashOf(text).toString(36);
  const guests: Guests = {
    newToken: () => `token ${world.newId('orders')}`,
    admit: async () => null,
    admitOrder: async () => null,
    orderToken: (cartToken, orderId) => `${orderId} by ${cartToken}`,
  };
  const draft = draftOrder(() => asId(world.newId('orders')), sealToken);
  const subgraph = createSubgraph(world, {
    name: 'orders',
    subscribers,
    attempts: 20,
    ports: (within): Ports =>
      seams.orders(orderPorts({ ...within, tables, messages: () => subgraph.messages, scheduler, seams })),
    boot: ({ process, transact, every }) => {
      const listeners = createListeners<OrderId>();
      const waking: typeof transact = async (work) => {
        const result = await transact(work);
        listeners.wakeAll();
        return result;
      };
      world.broker.onPublished((subject, body) => {
        const { orderId } = (JSON.parse(body) as { payload: { orderId?: string } }).payload;
        if (!process.isAlive() || orderId === undefined) return;
        const wake = () => listeners.wake(asId(orderId));
        if (listeners.has(asId(orderId)) && !weather.strikes(`wake ${subject} ${orderId}`, 0.3))
          scheduler.later(process, 5, `${orderId} may have changed`, wake);
      });
      every(rereadMs, 'orders rereads', async () => listeners.wakeAll());
      const feed: OrderFeed = seams.feed({
        look: async (id, _onlooker, after) => {
          await scheduler.sleep(process, 1, `looks at ${id}`);
          return glance(tables, id, after);
        },
        onWake: listeners.on,
        failed: () => undefined,
      });
      const watch = createPurchaseWatch(subgraph.database, process, tables, scheduler);
      const due = findOverdue(tables, { messages: () => subgraph.messages, scheduler, seams });
      const timeOut = timeOutPurchases(waking, due, watch, purchaseTerms);
      every(1000, 'orders looks for what is overdue', () =>
        timeOut({ moved: () => undefined, failed: () => undefined }),
      );
      every(60_000, 'orders adopts', watch.adopt);
      return {
        addToCart: addToCart(waking, fingerprint),
        updateCartLine: updateCartLine(waking, fingerprint),
        openGuestCart: openGuestCart(waking, fingerprint, guests),
        mergeCart: mergeCart(waking, fingerprint),
        placeOrder: placeOrder(waking, fingerprint, draft),
        placeAsGuest: placeAsGuest(waking, fingerprint, guests, draft),
        claimOrder: claimOrder(waking, fingerprint),
        forgetGuest: forgetGuest(waking, fingerprint),
        cancelOrder: cancelOrder(waking),
        cancelLine: cancelLine(waking),
        cancelShipment: cancelShipment(waking),
        shipShipment: shipShipment(waking),
        confirmDelivery: confirmDelivery(waking),
        requestReturn: requestReturn(waking, fingerprint, returnDays),
        approveReturn: approveReturn(waking),
        receiveReturn: receiveReturn(waking),
        followOrder: followOrder(feed),
      };
    },
  });
  return { ...subgraph, tables };
};

/** Changes of status as the history has them. */
const glance = (tables: OrderTables, id: OrderId, after: number | null) => {
  const history = historyOf(tables, id);
  const all = history.filter(({ status }, index) => status !== history[index - 1]?.status);
  const newer = all.filter(({ sequence }) => sequence > (after ?? 0));
  const changes = after === null ? newer.slice(-1) : newer;
  const status = changes.at(-1)?.status ?? history.at(-1)?.status;
  return status
    ? {
        status,
        version: history.length,
        changes: changes.map(({ sequence, status, event: { at } }) => ({ sequence, status, at })),
      }
    : null;
};
