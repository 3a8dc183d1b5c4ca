import { sellerChanged, stockChanged, stockRejected, userDeleted } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CartHolder } from './application/change-cart.ts';
import { expireCarts } from './application/expire-carts.ts';
import { highestQuantity } from './domain/cart.ts';
import { sha256 } from './infrastructure/fingerprint.ts';
import { createFindLeftCarts } from './infrastructure/left-carts.ts';
import { createTestOrders, gbp, placement, type TestOrders, variant } from './test-orders.ts';

let orders: TestOrders;
let names = 0;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  await orders.sell(variant('mug', { minor: 850n }), variant('tea', { minor: 335n }), variant('jug'));
});
afterAll(() => orders.stop());

const someone = () => {
  names += 1;
  return asId<'User'>(`carter ${names}`);
};
const line = (id: string, quantity = 1) => ({ variantId: asId<'Variant'>(id), quantity });
const add = (holder: CartHolder, id: string, quantity = 1) =>
  orders.app.addToCart(holder, [line(id, quantity)]);

/** A guest's new cart: its token. */
const guestWith = async (quantities: Record<string, number>) => {
  const lines = Object.entries(quantities).map(([id, quantity]) => line(id, quantity));
  const opened = await orders.app.openGuestCart('203.0.113.7', lines);
  if (!opened.ok) throw new Error('a guest’s cart was not opened');
  return opened.cartToken;
};
const inGuests = async (cartToken: string) => {
  const cart = await orders.app.guestCart(cartToken);
  return cart && Object.fromEntries(cart.lines.map(({ variantId, quantity }) => [variantId, quantity]));
};

/** What was told of a cart, oldest first: why, and what is in it. */
const told = async (cartId: string) =>
  (await orders.sent(asId(cartId))).map(({ fact, payload }) => {
    expect(fact).toBe('cart-changed');
    const lines = payload.lines as { variantId: string; quantity: number }[];
    expect(payload.lineCount).toBe(lines.length);
    return [
      payload.version,
      payload.cause,
      Object.fromEntries(lines.map(({ variantId, quantity }) => [variantId, quantity])),
    ];
  });

describe('a cart that is changed from two devices', () => {
  it('has everything that was added at once', async () => {
    const buyer = someone();
    const added = await Promise.all(Array.from({ length: 50 }, () => add(buyer, 'mug')));
    expect(added.every(({ ok }) => ok)).toBe(true);
    const { version, lines, id } = await orders.app.reads.cart(buyer);
    expect(lines.map(({ quantity }) => quantity)).toEqual([50]);
    expect(version).toBe(50);
    const versions = (await told(id)).map(([each]) => each);
    expect(versions).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('refuses whoever decided by what is no longer so, and lets one of two through', async () => {
    const buyer = someone();
    await add(buyer, 'mug', 2);
    const { version } = await orders.app.reads.cart(buyer);
    const outcomes = await Promise.all(
      [5, 7].map((quantity) =>
        orders.app.updateCartLine(buyer, line('mug', quantity), { version, quantity: null }),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: 'CART_CHANGED' });
    expect([5, 7]).toContain((await orders.cartOf(buyer)).mug);
  });

  it('lets two who saw their own lines through', async () => {
    const buyer = someone();
    await orders.app.addToCart(buyer, [line('mug', 2), line('tea', 3)]);
    const outcomes = await Promise.all([
      orders.app.updateCartLine(buyer, line('mug', 4), { version: null, quantity: 2 }),
      orders.app.updateCartLine(buyer, line('tea', 6), { version: null, quantity: 3 }),
    ]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(await orders.cartOf(buyer)).toEqual({ mug: 4, tea: 6 });
  });

  it('loses nothing that is added while it is ordered', async () => {
    for (let round = 0; round < 10; round += 1) {
      const buyer = someone();
      await add(buyer, 'mug', 2);
      const [placed] = await Promise.all([
        orders.app.placeOrder(buyer, placement()),
        add(buyer, 'mug', 1),
        add(buyer, 'tea', 1),
      ]);
      if (!placed.ok) throw new Error(placed.refusal.code);
      const ordered = await orders.prisma.orderLine.findMany({ where: { orderId: placed.orderId } });
      const kept = await orders.cartOf(buyer);
      const together = (id: string) =>
        (kept[id] ?? 0) +
        ordered.filter((each) => each.variantId === id).reduce((sum, each) => sum + each.quantity, 0);
      expect([together('mug'), together('tea')]).toEqual([3, 1]);
    }
  });
});

describe('what others are told of a cart', () => {
  it('is each change, with its reason and all that is in it', async () => {
    const buyer = someone();
    await orders.app.addToCart(buyer, [line('mug', 2), line('tea')]);
    await orders.app.updateCartLine(buyer, line('mug', 5));
    await orders.app.updateCartLine(buyer, line('mug', 5));
    await orders.app.updateCartLine(buyer, line('tea', 0));
    const { id } = await orders.app.reads.cart(buyer);
    const placed = await orders.app.placeOrder(buyer, placement());
    if (!placed.ok) throw new Error(placed.refusal.code);
    await add(buyer, 'mug');
    await orders.hear(stockRejected, { orderId: placed.orderId, shortages: [] });
    expect(await told(id)).toEqual([
      [1, 'ADDED', { mug: 2, tea: 1 }],
      [2, 'CHANGED', { mug: 5, tea: 1 }],
      [3, 'REMOVED', { mug: 5 }],
      [4, 'ORDERED', {}],
      [5, 'ADDED', { mug: 1 }],
      [6, 'RETURNED', { mug: 6 }],
    ]);
    expect(await orders.cartOf(buyer)).toEqual({ mug: 6 });
  });

  it('is neither a token nor what can be found by one', async () => {
    const token = await guestWith({ mug: 1 });
    const [{ text } = { text: '' }] = await orders.prisma.$queryRaw<{ text: string }[]>`
      SELECT string_agg(to_jsonb(outbox)::text || to_jsonb(carts)::text, ' ') AS text FROM outbox, carts
      WHERE outbox.aggregate_id = carts.id AND carts.token_hash = ${sha256(token)}`;
    expect(text).toContain('cart-changed');
    expect(text).not.toContain(token);
    const sent = await orders.prisma.outboxMessage.findMany({ select: { envelope: true } });
    expect(JSON.stringify(sent)).not.toContain(sha256(token));
  });

  it('fits into a message, even of the largest cart', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => variant(`a${index}`.padEnd(50, '-')));
    for (let from = 0; from < many.length; from += 500) await orders.sell(...many.slice(from, from + 500));
    const buyer = someone();
    const lines = many.map(({ variantId }) => line(variantId, highestQuantity));
    expect(await orders.app.addToCart(buyer, lines)).toEqual({ ok: true });
    const { id } = await orders.app.reads.cart(buyer);
    expect(await orders.sent(asId(id))).toMatchObject([{ payload: { lineCount: 2000 } }]);
    expect(await add(buyer, 'mug')).toEqual({ ok: false, refusal: 'LINE_LIMIT' });

    // What only several orders of the largest size can put back, when they fail.
    await orders.prisma.$executeRaw`
      INSERT INTO cart_lines (cart_id, variant_id, quantity)
      SELECT ${id}, 'b' || number, 1 FROM generate_series(1, 4000) AS number`;
    await orders.app.updateCartLine(buyer, line(lines[0]?.variantId ?? '', 1));
    const { payload } = (await orders.sent(asId(id))).at(-1) ?? {};
    expect(payload).toMatchObject({ lineCount: 6000 });
    expect(payload?.lines).toHaveLength(5000);
  });
});

describe('a guest’s cart', () => {
  it('is found by its token alone, and by no other’s', async () => {
    const [one, other] = [await guestWith({ mug: 1 }), await guestWith({ tea: 1 })];
    expect(one).toMatch(/^[\w-]{43}$/);
    await add({ cartToken: one }, 'jug', 2);
    expect(await inGuests(one)).toEqual({ mug: 1, jug: 2 });
    expect(await inGuests(other)).toEqual({ tea: 1 });
    expect(await inGuests(sha256(one))).toBeNull();
    expect(await add({ cartToken: 'x'.repeat(43) }, 'mug')).toEqual({
      ok: false,
      refusal: 'CART_NOT_FOUND',
    });
    const rows = await orders.prisma.cart.findMany({ where: { tokenHash: sha256(one) } });
    expect(JSON.stringify(rows)).not.toContain(one);
  });

  it('is not opened by what is refused', async () => {
    const before = await orders.prisma.cart.count();
    expect(await orders.app.openGuestCart(null, [line('gone')])).toMatchObject({ refusal: 'NOT_FOUND' });
    expect(await orders.prisma.cart.count()).toBe(before);
  });

  it('joins the buyer’s once, however often and at once it is asked for', async () => {
    const buyer = someone();
    await add(buyer, 'mug', 2);
    const token = await guestWith({ mug: 3, tea: 1 });
    const merges = await Promise.all(Array.from({ length: 10 }, () => orders.app.mergeCart(buyer, token)));
    expect(merges).toEqual(Array.from({ length: 10 }, () => ({ ok: true, capped: [] })));
    expect(await orders.cartOf(buyer)).toEqual({ mug: 5, tea: 1 });
    await orders.app.updateCartLine(buyer, line('tea', 0));
    await orders.app.mergeCart(buyer, token);
    expect(await orders.cartOf(buyer)).toEqual({ mug: 5 });
    const { id } = await orders.app.reads.cart(buyer);
    expect((await told(id)).map(([, cause]) => cause)).toEqual(['ADDED', 'MERGED', 'REMOVED']);
  });

  it('ends with that: for its guest, and for every other buyer', async () => {
    const buyer = someone();
    const token = await guestWith({ mug: 1 });
    const guest = await orders.app.guestCart(token);
    await orders.app.mergeCart(buyer, token);
    expect(await inGuests(token)).toBeNull();
    const notFound = { ok: false, refusal: 'CART_NOT_FOUND' };
    expect(await add({ cartToken: token }, 'mug')).toEqual(notFound);
    expect(await orders.app.mergeCart(someone(), token)).toEqual(notFound);
    expect(await orders.app.mergeCart(buyer, 'unknown')).toEqual(notFound);
    expect(await told(guest?.id ?? '')).toEqual([
      [1, 'ADDED', { mug: 1 }],
      [2, 'MERGED', {}],
    ]);
  });

  it('goes to one of two buyers, or gets what is added meanwhile, and loses nothing', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, two] = [someone(), someone()];
      const token = await guestWith({ mug: 1 });
      const [first, second, added] = await Promise.all([
        orders.app.mergeCart(one, token),
        orders.app.mergeCart(two, token),
        add({ cartToken: token }, 'tea'),
      ]);
      expect([first.ok, second.ok].filter(Boolean)).toHaveLength(1);
      const carts = [await orders.cartOf(one), await orders.cartOf(two)];
      expect(carts).toContainEqual(added.ok ? { mug: 1, tea: 1 } : { mug: 1 });
      expect(carts).toContainEqual({});
    }
  });

  it('stops at the highest quantity, and says so', async () => {
    const buyer = someone();
    await add(buyer, 'mug', highestQuantity);
    const token = await guestWith({ mug: 1, tea: 1 });
    expect(await orders.app.mergeCart(buyer, token)).toEqual({ ok: true, capped: ['mug'] });
    expect(await orders.cartOf(buyer)).toEqual({ mug: highestQuantity, tea: 1 });
  });

  it('goes with the account that took it in', async () => {
    const buyer = someone();
    const token = await guestWith({ mug: 1 });
    await orders.app.mergeCart(buyer, token);
    const late = await guestWith({ tea: 1 });
    await orders.hear(userDeleted, { userId: buyer });
    expect(await orders.cartOf(buyer)).toEqual({});
    expect(await orders.prisma.cart.count({ where: { tokenHash: sha256(token) } })).toBe(0);
    expect(await orders.app.mergeCart(buyer, late)).toEqual({ ok: false, refusal: 'GONE' });
    expect(await inGuests(late)).toEqual({ tea: 1 });
  });
});

describe('a cart warns', () => {
  const warningsOf = async (buyer: ReturnType<typeof someone>) =>
    (await orders.app.reads.cart(buyer)).warnings;

  it('of a price that changed since, until the line goes, and of what an order agreed', async () => {
    await orders.sell(variant('vase', { minor: 1000n }));
    const buyer = someone();
    await add(buyer, 'vase');
    expect(await warningsOf(buyer)).toEqual([]);
    await orders.sell(variant('vase', { minor: 1200n, version: 2 }));
    await add(buyer, 'vase');
    expect(await warningsOf(buyer)).toEqual([
      { code: 'PRICE_CHANGED', variantId: 'vase', was: gbp(1000n), now: gbp(1200n) },
    ]);
    const placed = await orders.app.placeOrder(buyer, placement());
    if (!placed.ok) throw new Error(placed.refusal.code);
    await orders.hear(stockRejected, { orderId: placed.orderId, shortages: [] });
    expect(await warningsOf(buyer)).toEqual([]);
    await orders.sell(variant('vase', { minor: 1000n, version: 3 }));
    expect(await warningsOf(buyer)).toMatchObject([{ was: gbp(1200n), now: gbp(1000n) }]);
  });

  it('of too little stock, by the newest that it heard', async () => {
    await orders.sell(variant('bowl'));
    const buyer = someone();
    await add(buyer, 'bowl', 3);
    const hear = (available: number, version: number) =>
      orders.hear(stockChanged, { variantId: asId<'Variant'>('bowl'), available, version });
    await hear(2, 5);
    await hear(9, 4);
    const short = { code: 'SHORT_OF_STOCK', variantId: 'bowl', available: 2 };
    expect(await warningsOf(buyer)).toEqual([short]);
    await hear(3, 6);
    expect(await warningsOf(buyer)).toEqual([]);
  });

  it('of the owner’s own goods, that they brought along when they signed in, and then does not order them', async () => {
    const seller = someone();
    await orders.sell(variant('loom', { sellerId: seller }));
    expect(await orders.app.addToCart(seller, [line('loom')])).toMatchObject({
      ...{ ok: false, refusal: 'OWN_GOODS', variantId: 'loom' },
    });
    const opened = await orders.app.openGuestCart('192.0.2.1', [line('loom')]);
    if (!opened.ok) throw new Error('a guest may');
    await orders.app.mergeCart(seller, opened.cartToken);
    expect(await warningsOf(seller)).toEqual([{ code: 'OWN_GOODS', variantId: 'loom' }]);
    const refused = { ok: false, refusal: { code: 'OWN_GOODS', variantIds: ['loom'] } };
    const { shippingAddress: destination, shippingMethods: methods, couponCode } = placement();
    expect(await orders.app.quoteCart(seller, { destination, methods, couponCode })).toEqual(refused);
    expect(await orders.app.placeOrder(seller, placement())).toEqual(refused);
    expect(await orders.app.updateCartLine(seller, line('loom', 0))).toEqual({ ok: true });
  });

  it('of a seller who is suspended, of what is not sold, and of another currency', async () => {
    const sellerId = asId<'User'>('crook');
    await orders.sell(variant('lamp', { sellerId }), variant('cup'), variant('dish'));
    const buyer = someone();
    await orders.app.addToCart(buyer, [line('mug'), line('lamp'), line('cup'), line('dish')]);
    const turn = (active: boolean, version: number) =>
      orders.hear(sellerChanged, { sellerId, displayName: 'Crook', active, version });
    await turn(false, 2);
    await turn(true, 1);
    await orders.sell(
      variant('cup', { active: false, version: 2 }),
      variant('dish', { currency: 'USD', version: 2 }),
    );
    expect(await warningsOf(buyer)).toMatchObject([
      { code: 'SELLER_SUSPENDED', variantId: 'lamp' },
      { code: 'NO_LONGER_SOLD', variantId: 'cup' },
      { code: 'PRICE_CHANGED', variantId: 'dish' },
      { code: 'CURRENCY_DIFFERS', variantId: 'dish' },
    ]);
    await turn(true, 3);
    expect((await warningsOf(buyer)).map(({ variantId }) => variantId)).not.toContain('lamp');
  });
});

describe('a cart that nobody touches', () => {
  const patience = { guestDays: 30, accountDays: 180 };
  const failures: unknown[] = [];
  const expire = () =>
    expireCarts(
      orders.transact,
      createFindLeftCarts(orders.prisma),
      patience,
    )((error) => failures.push(error));
  const untouchedFor = (cartId: string, days: number) => orders.prisma.$executeRaw`
    UPDATE carts SET changed_at = now() - make_interval(days => ${days}::int) WHERE id = ${cartId}`;
  const buyersCart = async (days: number) => {
    const buyer = someone();
    await add(buyer, 'mug');
    const { id } = await orders.app.reads.cart(buyer);
    await untouchedFor(id, days);
    return { buyer, id };
  };
  const guestsCart = async (days: number) => {
    const token = await guestWith({ mug: 1 });
    const id = (await orders.app.guestCart(token))?.id ?? '';
    await untouchedFor(id, days);
    return { token, id };
  };

  it('is emptied in its time, and others are told', async () => {
    const [old, young] = [await buyersCart(181), await buyersCart(179)];
    const [oldGuest, youngGuest] = [await guestsCart(31), await guestsCart(29)];
    await orders.app.guestCart(oldGuest.token);
    await orders.app.reads.cart(old.buyer);
    await Promise.all([expire(), expire()]);
    expect(await orders.cartOf(old.buyer)).toEqual({});
    expect(await orders.cartOf(young.buyer)).toEqual({ mug: 1 });
    expect(await inGuests(oldGuest.token)).toBeNull();
    expect(await inGuests(youngGuest.token)).toEqual({ mug: 1 });
    for (const { id } of [old, oldGuest]) {
      expect((await told(id)).slice(1)).toEqual([[2, 'EXPIRED', {}]]);
    }
    expect(await orders.prisma.cart.count({ where: { id: oldGuest.id } })).toBe(0);
    expect(failures).toEqual([]);
  });

  it('is kept by a change', async () => {
    const { token } = await guestsCart(31);
    await add({ cartToken: token }, 'tea');
    await expire();
    expect(await inGuests(token)).toEqual({ mug: 1, tea: 1 });
  });

  it('is left alone when somebody has touched it since it was found, or holds it', async () => {
    const [touched, held] = [await guestsCart(1), await guestsCart(31)];
    const expireThose = expireCarts(
      orders.transact,
      async () => [asId(touched.id), asId(held.id)],
      patience,
    );
    await orders.transact(async ({ carts }) => {
      await carts.ofGuest(sha256(held.token));
      await expireThose((error) => failures.push(error));
    });
    expect(await inGuests(touched.token)).toEqual({ mug: 1 });
    expect(await inGuests(held.token)).toEqual({ mug: 1 });
    expect(failures).toEqual([]);
  });

  it('is not told of again when there was nothing in it, nor looked for', async () => {
    const { buyer, id } = await buyersCart(181);
    await orders.app.updateCartLine(buyer, line('mug', 0));
    await untouchedFor(id, 181);
    await expire();
    expect((await told(id)).map(([, cause]) => cause)).toEqual(['ADDED', 'REMOVED']);
    expect(await createFindLeftCarts(orders.prisma)(patience, 100)).not.toContain(id);
  });

  it('is forgotten with the token that was merged', async () => {
    const buyer = someone();
    const { token, id } = await guestsCart(1);
    await orders.app.mergeCart(buyer, token);
    await untouchedFor(id, 31);
    await expire();
    expect(await orders.prisma.cart.count({ where: { id } })).toBe(0);
    expect(await orders.cartOf(buyer)).toEqual({ mug: 1 });
  });
});
