/** Orders on a real database, for tests: events are handed to its subscribers, and the auditor's views are read. */
import {
  decodeEvent,
  type EventDefinition,
  type PayloadOf,
  paymentCaptured,
  stockReserved,
  variantsChanged,
} from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { causeOf, outgoing, type Verdict, withCause } from '@emporium/messaging';
import { openKeyedReads, type Viewer } from '@emporium/subgraph';
import { createApp } from './application/app.ts';
import type { Guests } from './application/open-guest-cart.ts';
import type { Placement } from './application/place-order.ts';
import type { OrderId, SealToken, UserId } from './application/ports.ts';
import { subscribers } from './application/subscribers.ts';
import { type FindOverdue, timeOutPurchases } from './application/time-out-purchases.ts';
import type { PurchaseTerms } from './domain/purchase-step.ts';
import { createOrderExports } from './infrastructure/csv/order-exports.ts';
import { openDatabase } from './infrastructure/database.ts';
import { createFindOverdue, createPurchaseWatch } from './infrastructure/deadlines.ts';
import { sha256 } from './infrastructure/fingerprint.ts';
import { newToken, orderToken } from './infrastructure/guests.ts';
import { createOrderFeed } from './infrastructure/order-feed.ts';
import { createOrderLists } from './infrastructure/order-lists.ts';
import { createOrderReads } from './infrastructure/order-reads.ts';
import { openAsOwner } from './infrastructure/rebuild/open-as-owner.ts';
import { rebuildReadModel } from './infrastructure/rebuild/rebuild-read-model.ts';
import { createReceivedFeed, createSellerWakes } from './infrastructure/received-orders.ts';
import { createTransact, newId } from './infrastructure/transact.ts';
import { createWakes } from './infrastructure/wakes.ts';

const at = asInstant('2026-01-02T03:04:05.678Z');

export const viewer = (id: string | null, ...roles: Viewer['roles']): Viewer => ({
  id,
  roles,
  address: null,
});
export const actor = (id: string) => ({ id: asId<'User'>(id), isAdmin: false });
export const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });

/** A variant as products tells of it: sold by `<seller>` for £1 unless said otherwise. */
export const variant = (
  id: string,
  changed: {
    sellerId?: string;
    minor?: bigint;
    currency?: string;
    active?: boolean;
    version?: number;
  } = {},
) => ({
  variantId: asId<'Variant'>(id),
  productId: asId<'Product'>(`product of ${id}`),
  sellerId: asId<'User'>(changed.sellerId ?? 'seller'),
  sku: `sku-${id}`,
  title: `A ${id}`,
  price: { minor: changed.minor ?? 100n, currency: changed.currency ?? 'GBP' },
  active: changed.active ?? true,
  version: changed.version ?? 1,
});

let keys = 0;

/** Everything beside the cart, with an idempotency key of its own. */
export const placement = (changed: Partial<Placement> = {}): Placement => {
  keys += 1;
  return {
    idempotencyKey: `key ${keys}`,
    shippingAddress: {
      name: 'Ada Lovelace',
      line1: '12 St James’s Square',
      line2: null,
      city: 'London',
      postalCode: 'SW1Y 4JH',
      country: 'GB',
      region: null,
    },
    payment: { method: 'CARD', token: 'tok_ok', paymentMethodId: null },
    shippingMethods: new Map(),
    couponCode: null,
    expectedTotal: null,
    ...changed,
  };
};

let buyers = 0;

/** Any number of carts from anywhere. */
export const allGuests: Guests = {
  newToken,
  orderToken,
  admit: async () => null,
  admitOrder: async () => null,
};

type Urls = { readonly url: string; readonly auditorUrl: string; readonly adminUrl: string };

/** Nobody is asked twice, unless a test says otherwise. */
export const onceOnly: PurchaseTerms = {
  RESERVE: { seconds: 20, retries: 0, lastResort: 'FAIL' },
  PAY: { seconds: 30, retries: 0, lastResort: 'FAIL', buyerSeconds: 900 },
  REFUND: { seconds: 60, retries: 0, lastResort: 'PARK' },
};

/** Stands for payments' key: it hides what it is given, and costs nothing. */
export const sealForTests: SealToken = async (token, orderId) => sha256(`${token} of ${orderId}`);

export const createTestOrders = (
  urls: Urls,
  terms: PurchaseTerms = onceOnly,
  sealToken: SealToken = sealForTests,
) => {
  const prisma = openDatabase(urls.url);
  const auditor = openDatabase(urls.auditorUrl);
  const wakes = createWakes();
  const transact = createTransact(prisma, terms, wakes.moved, sealToken);
  const keyed = openKeyedReads(urls.url, 'orders');
  const reads = createOrderReads(prisma, keyed);
  const lists = createOrderLists(prisma, keyed);
  const watch = createPurchaseWatch(prisma, terms);
  const failures: unknown[] = [];
  const failed = (error: unknown) => failures.push(error);
  const feed = createOrderFeed(keyed, wakes, failed);
  const sellerWakes = createSellerWakes(keyed, failed);
  const received = createReceivedFeed(keyed, sellerWakes, failed);
  const exports = createOrderExports(prisma);
  const exportUrl = (token: string) => `https://emporium.test/order-exports/${token}`;
  const world = {
    ...{
      transact,
      fingerprint: sha256,
      newId,
      sealToken,
      reads,
      lists,
      feed,
      received,
      exports,
      exportUrl,
    },
    guests: allGuests,
    returnDays: 30,
  };
  const app = createApp(world);

  /** In one transaction, as messages that arrived together. */
  const hearTogether = <Event extends EventDefinition>(
    event: Event,
    payloads: readonly PayloadOf<Event>[],
  ): Promise<Verdict> => {
    const subscriber = subscribers.find((each) => each.event.subject === event.subject);
    if (!subscriber) throw new Error(`nobody hears ${event.subject}`);
    const received = payloads.map((payload) => {
      const { envelope } = outgoing(event, payload, { aggregateId: 'test', occurredAt: at });
      return decodeEvent(event, JSON.parse(JSON.stringify(envelope)));
    });
    const [first] = received;
    const cause = first && received.length === 1 ? causeOf(first) : {};
    return withCause(cause, () => transact((ports) => subscriber.handle(ports, received)));
  };
  const hear = <Event extends EventDefinition>(event: Event, payload: PayloadOf<Event>) =>
    hearTogether(event, [payload]);

  /** An order of one buyer with these quantities, from variants that products has told of. */
  const place = async (quantities: Record<string, number>, input = placement()) => {
    buyers += 1;
    const buyerId = asId<'User'>(`buyer ${buyers}`);
    const lines = Object.entries(quantities).map(([id, quantity]) => ({
      variantId: asId<'Variant'>(id),
      quantity,
    }));
    const added = await app.addToCart(buyerId, lines);
    if (!added.ok) throw new Error(added.refusal);
    const outcome = await app.placeOrder(buyerId, input);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    const order = await prisma.order.findUniqueOrThrow({ where: { id: outcome.orderId } });
    return {
      orderId: outcome.orderId,
      buyerId,
      total: { minor: order.totalMinor, currency: order.currency },
    };
  };

  const paymentOf = (orderId: OrderId) => asId<'Payment'>(`payment of ${orderId}`);

  return {
    app,
    world,
    prisma,
    auditor,
    transact,
    wakes,
    sellerWakes,
    lists,
    keyed,
    feed,
    failures,
    hear,
    hearTogether,
    place,
    paymentOf,
    /** An order whose stock is reserved and whose money is captured. */
    placePaid: async (quantities: Record<string, number>) => {
      const placed = await place(quantities);
      const { orderId, total } = placed;
      await hear(stockReserved, { orderId });
      await hear(paymentCaptured, { orderId, paymentId: paymentOf(orderId), amount: total });
      return placed;
    },
    sell: (...variants: ReturnType<typeof variant>[]) => hear(variantsChanged, { variants }),
    shipmentsOf: (orderId: OrderId) =>
      prisma.shipment.findMany({ where: { orderId }, orderBy: { position: 'asc' } }),
    cartOf: async (buyerId: UserId) => {
      const { lines } = await app.reads.cart(buyerId);
      return Object.fromEntries(lines.map(({ variantId, quantity }) => [variantId, quantity]));
    },
    /** The auditor's view: present status, and every status that it had. */
    audit: async (orderId: OrderId) => {
      const [row] = await auditor.$queryRaw<{ status: string; history: string[]; terminal: boolean }[]>`
        SELECT status, history, terminal FROM audit_order WHERE order_id = ${orderId}`;
      return row;
    },
    /** What the others were told of an order, oldest first. */
    sent: async (orderId: OrderId) => {
      const rows = await prisma.outboxMessage.findMany({
        where: { aggregateId: orderId },
        orderBy: { position: 'asc' },
      });
      return rows.map(({ subject, envelope }) => ({
        fact: subject.replace('emporium.orders.', '').replace('.v1', ''),
        payload: (envelope as { payload: Record<string, unknown> }).payload,
      }));
    },
    timeline: async (orderId: OrderId) => {
      const rows = await prisma.orderEvent.findMany({ where: { orderId }, orderBy: { sequence: 'asc' } });
      return rows.map(({ type }) => type);
    },
    /** Ends steps whose message was published so long ago. */
    timeOut: timeOutPurchases(transact, createFindOverdue(prisma), watch, terms),
    /** As a replica does that something comes before, once it knows what is overdue. */
    timeOutAfter: (meanwhile: () => Promise<unknown>) => {
      const find: FindOverdue = async (limit) => {
        const found = await createFindOverdue(prisma)(limit);
        await meanwhile();
        return found;
      };
      return timeOutPurchases(transact, find, watch, terms);
    },
    watch,
    /** The broker acknowledged everything of an order, so many seconds ago. */
    published: (orderId: OrderId, secondsAgo: number) => prisma.$executeRaw`
      UPDATE outbox SET published_at = now() - make_interval(secs => ${secondsAgo}::int)
      WHERE aggregate_id = ${orderId}`,
    /** Compares what is shown with what the events make of it, and puts it right unless it only checks. */
    rebuild: async (options: { check?: boolean; whenFilled?: () => Promise<void> } = {}) => {
      const owner = openAsOwner(urls.adminUrl);
      const progress = () => ({ advance: () => undefined, done: () => undefined });
      try {
        return await rebuildReadModel(owner, { check: false, mostDifferences: 100, progress, ...options });
      } finally {
        await owner.$disconnect();
      }
    },
    /** As who may change what nobody else may. */
    asOwner: () => openAsOwner(urls.adminUrl),
    stop: async () => {
      wakes.stop();
      await keyed.close();
      await prisma.$disconnect();
      await auditor.$disconnect();
    },
  };
};

export type TestOrders = ReturnType<typeof createTestOrders>;
