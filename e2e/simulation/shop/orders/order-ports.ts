import { asId } from '@emporium/domain';
import type { CatalogueCopy, Ports } from '../../../../subgraphs/orders/src/application/ports.ts';
import { instantAt } from '../../kernel/scheduler.ts';
import { notSimulated, partly } from '../../store/not-simulated.ts';
import { keepNewer } from '../../store/versioned.ts';
import { automatic } from '../promotions.ts';
import { createCartStore } from './cart-store.ts';
import { createCouponStore } from './coupon-store.ts';
import { createGuestStore } from './guest-store.ts';
import { createOrderStore } from './order-store.ts';
import { isOverdue } from './watch.ts';
import type { OrdersWithin } from './within.ts';

/** What orders asks of one transaction, as far as the simulated world goes. */
export const orderPorts = (within: OrdersWithin): Ports => {
  const { tx, tables, scheduler, newId, seams } = within;
  return {
    orders: createOrderStore(within),
    carts: createCartStore(within),
    catalogue: catalogue(within),
    sellers: {
      keep: async ({ id, ...seller }) => {
        await tx.statement('keeps a seller');
        await keepNewer(tx, tables.sellers, id, seller, seams);
      },
    },
    stock: {
      keep: async (stock) => {
        await tx.statement('keeps what is available');
        for (const each of stock.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1)))
          await keepNewer(tx, tables.stock, each.variantId, each, seams);
      },
    },
    placements: {
      find: async (buyerId, key) => {
        await tx.statement('looks for a key');
        return { bound: tx.read(tables.placements, `${buyerId} ${key}`) ?? null, isGone: false };
      },
      bind: async ({ buyerId, key, inputHash, orderId, card }) => {
        await tx.statement('binds a key');
        const isBound = await tx.insert(tables.placements, `${buyerId} ${key}`, { orderId, inputHash });
        if (!isBound) throw new Error(`key ${key} of ${buyerId} is bound twice`);
        if (card.sealedToken !== null) await tx.put(tables.tokens, orderId, card.sealedToken);
        if (card.paymentMethodId !== null) await tx.put(tables.savedCards, orderId, card.paymentMethodId);
      },
    },
    returnKeys: {
      find: async (buyerId, key) => {
        await tx.statement('looks for the key of a return');
        await tx.lock(`return ${key} of ${buyerId}`);
        const bound = tx.read(tables.returnKeys, `${buyerId} ${key}`);
        return bound ? { ...bound, returnId: asId(bound.returnId) } : null;
      },
      bind: async ({ buyerId, key, ...bound }) => {
        await tx.put(tables.returnKeys, `${buyerId} ${key}`, bound);
      },
    },
    rulebook: {
      inForce: async () => {
        await tx.statement('reads the rules');
        return { at: scheduler.instant(), rules: freeShipping, taxCategories: new Map() };
      },
    },
    coupons: createCouponStore(within),
    privateRecords: partly<Ports['privateRecords']>('private records', {
      keepCancelReason: async () => undefined,
      keepCancellationReason: async () => undefined,
      keepReturnNote: async () => undefined,
      eraseAllOf: async (buyerId) => {
        await tx.statement(`erases what ${buyerId} said`);
        for (const order of tx.rows(tables.orders))
          if (order.buyerId === buyerId) await tx.remove(tables.tokens, order.id);
      },
    }),
    deletedUsers: partly<Ports['deletedUsers']>('deleted users', {
      add: async (userId) => {
        await tx.statement(`notes that ${userId} is gone`);
        await tx.put(tables.deleted, userId, true);
      },
      has: async (userId) => tx.read(tables.deleted, userId) ?? false,
      buyerOf: async (orderId) => {
        await tx.statement(`looks whether the buyer of ${orderId} is gone`);
        const buyerId = tx.read(tables.orders, orderId)?.order.buyerId;
        return buyerId !== undefined && tx.read(tables.deleted, buyerId) ? buyerId : null;
      },
    }),
    deadlines: {
      claim: async ({ orderId, step }) => {
        await tx.statement('claims a deadline');
        if (!tx.tryLock(`deadlines ${orderId}`)) return false;
        const row = tx.read(tables.deadlines, orderId);
        return row?.step === step && isOverdue(row, within);
      },
      remove: async ({ orderId, step }) => {
        await tx.statement('removes a deadline');
        if (tx.read(tables.deadlines, orderId)?.step === step) await tx.remove(tables.deadlines, orderId);
      },
    },
    guestOrders: createGuestStore(within),
    rules: notSimulated('the keeping of rules'),
    now: async () => {
      await tx.statement('asks for the time');
      return scheduler.instant();
    },
    daysAgo: async (days) => instantAt(scheduler.now() - days * 86_400_000),
    newId: () => asId(newId()),
  };
};

/** Sending costs nothing, and nothing is taxed. */
const freeShipping = {
  shipping: {
    own: new Map(),
    platform: [
      {
        ...{ id: 'free', version: 1, method: 'STANDARD', currency: null, minDays: 1, maxDays: 3 },
        ...{ flatMinor: 0n, perItemMinor: 0n, freeFromMinor: null },
      },
    ],
  },
  taxes: [],
  automatic,
} as never;

const catalogue = ({ tx, tables, seams }: OrdersWithin): CatalogueCopy => ({
  find: async (ids) => {
    await tx.statement('reads the catalogue');
    const found = ids.flatMap((id) => tx.read(tables.variants, id) ?? []);
    return new Map(found.map(({ variantId: id, ...variant }) => [id, { id, ...variant }]));
  },
  apply: async (variants) => {
    await tx.statement('keeps variants');
    for (const variant of variants.toSorted((a, b) => (a.variantId < b.variantId ? -1 : 1)))
      await keepNewer(tx, tables.variants, variant.variantId, variant, seams);
  },
});
