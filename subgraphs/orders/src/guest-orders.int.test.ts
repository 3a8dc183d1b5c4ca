import {
  paymentCaptured,
  paymentReleased,
  stockRejected,
  stockReserved,
  userDeleted,
} from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseGuestOrders } from './application/erase-guest-orders.ts';
import { placeAsGuest } from './application/place-as-guest.ts';
import type { OrderId } from './application/ports.ts';
import { guestOf } from './domain/guest.ts';
import { sha256 } from './infrastructure/fingerprint.ts';
import { createFindLeftGuestOrders } from './infrastructure/guest-orders.ts';
import { actor, createTestOrders, placement, type TestOrders, variant } from './test-orders.ts';

let orders: TestOrders;
let claimers = 0;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  await orders.sell(variant('mug', { minor: 850n }), variant('tea', { minor: 335n }));
});
afterAll(() => orders.stop());

const email = 'grace@example.test';
const mugs = (quantity = 1) => [{ variantId: asId<'Variant'>('mug'), quantity }];
const refused = (code: string) => ({ ok: false, refusal: { code } });
const claimer = () => {
  claimers += 1;
  return asId<'User'>(`claimer ${claimers}`);
};

const openCart = async () => {
  const opened = await orders.app.openGuestCart(null, mugs(2));
  if (!opened.ok) throw new Error('no cart');
  return opened.cartToken;
};
const wallet = { method: 'WALLET', token: null, paymentMethodId: null } as const;
const savedCard = { method: 'CARD', token: null, paymentMethodId: 'a' } as const;

const guestPlacement = (changed = {}) => ({ ...placement(), email, ...changed });
const place = (cartToken: string, input = guestPlacement()) =>
  orders.app.placeAsGuest(null, cartToken, input);

/** An order of a guest of its own. */
const placed = async () => {
  const cartToken = await openCart();
  const outcome = await place(cartToken);
  if (!outcome.ok) throw new Error(outcome.refusal?.code);
  return { ...outcome, cartToken, guest: guestOf(outcome.orderId) };
};

const inGuestCart = async (cartToken: string) =>
  (await orders.app.guestCart(cartToken))?.lines.map(({ quantity }) => quantity);
const buyerOf = async (id: OrderId) =>
  (await orders.prisma.order.findUniqueOrThrow({ where: { id } })).buyerId;
const unspoiled = async () => expect((await orders.rebuild({ check: true })).differences).toEqual([]);

describe('a guest', () => {
  it('orders what is in their cart, and is nobody in what others hear', async () => {
    const { orderId, orderToken, cartToken, guest } = await placed();
    expect(orderToken).toMatch(/^[\w-]{43}$/);
    expect(await inGuestCart(cartToken)).toEqual([]);
    expect(await orders.app.guestOrder(orderToken)).toBe(orderId);
    const [first] = await orders.sent(orderId);
    expect(first).toMatchObject({ fact: 'placed', payload: { buyerId: guest, orderId } });
    const [view] = await orders.app.reads.orders([orderId], { id: guest, readsAll: false });
    expect(view).toMatchObject({ part: 'WHOLE', total: { minor: 1700n } });
    await unspoiled();
  });

  it('leaves their address, tokens and e-mail in no event and no message', async () => {
    const { orderId, orderToken, cartToken } = await placed();
    const kept = JSON.stringify([
      await orders.prisma.orderEvent.findMany({ where: { orderId } }),
      await orders.prisma.outboxMessage.findMany({ select: { envelope: true } }),
    ]);
    for (const secret of [email, 'Lovelace', orderToken, cartToken]) expect(kept).not.toContain(secret);
    const row = await orders.prisma.guestOrder.findUniqueOrThrow({ where: { orderId } });
    expect(row).toMatchObject({ email, tokenHash: sha256(orderToken), doneAt: null });
  });

  it('is known to payments by what the token hashes to, until an account has the order', async () => {
    const [guests, claimed] = [await placed(), await placed()];
    await orders.app.claimOrder(claimer(), claimed.orderToken);
    for (const { orderId } of [guests, claimed]) await orders.hear(stockReserved, { orderId });
    const told = async ({ orderId }: typeof guests) =>
      (await orders.sent(orderId))
        .filter(({ fact }) => fact === 'payment-requested')
        .map(({ payload }) => payload.guestTokenHash ?? null);
    expect(await told(guests)).toEqual([sha256(guests.orderToken)]);
    expect(await told(claimed)).toEqual([null]);
  });

  it('gets one order and one token for fifty equal requests at once, and for one more later', async () => {
    const cartToken = await openCart();
    const input = guestPlacement();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => place(cartToken, input)));
    const [first] = outcomes;
    expect(first).toMatchObject({ ok: true });
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set([JSON.stringify(first)]),
    );
    await orders.app.addToCart({ cartToken }, mugs());
    expect(await place(cartToken, input)).toEqual(first);
    expect(await place(cartToken, { ...input, email: 'other@example.test' })).toEqual(
      refused('IDEMPOTENCY_MISMATCH'),
    );
    const cart = await orders.app.guestCart(cartToken);
    const keys = await orders.prisma.placementKey.findMany({
      where: { buyerId: guestOf(cart?.id ?? asId('')) },
    });
    expect(keys).toHaveLength(1);
  });

  it('is another in each order from one cart', async () => {
    const one = await placed();
    await orders.app.addToCart({ cartToken: one.cartToken }, mugs());
    const other = await place(one.cartToken);
    if (!other.ok) throw new Error('refused');
    expect(other.orderToken).not.toBe(one.orderToken);
    const by = { id: one.guest, isAdmin: false };
    expect(await orders.app.cancelOrder(by, other.orderId, null)).toEqual({
      ok: false,
      refusal: 'NOT_FOUND',
    });
    expect(await orders.app.cancelOrder(by, one.orderId, null)).toMatchObject({ ok: true });
  });

  it.each([
    ['with a token that opens no cart', 'x'.repeat(43), {}, 'CART_NOT_FOUND'],
    ['from a wallet', null, { payment: wallet }, 'WALLET_NEEDS_ACCOUNT'],
    ['with a saved card', null, { payment: savedCard }, 'METHOD_NEEDS_ACCOUNT'],
    ['at another total', null, { expectedTotal: { minor: 1n, currency: 'GBP' } }, 'PRICE_CHANGED'],
  ])('orders nothing %s', async (_how, token, changed, code) => {
    const cartToken = token ?? (await openCart());
    const before = await orders.prisma.order.count();
    expect(await place(cartToken, guestPlacement(changed))).toMatchObject(refused(code));
    expect(await orders.prisma.order.count()).toBe(before);
    if (!token) expect(await inGuestCart(cartToken)).toEqual([2]);
  });

  it('waits when their network has ordered too often, before anything is looked at', async () => {
    const guests = { ...orders.world.guests, admitOrder: async () => ({ retryAfter: 9 }) };
    const unasked = async () => Promise.reject(new Error('the database was asked'));
    const undrafted = async () => Promise.reject(new Error('a token was sealed'));
    expect(await placeAsGuest(unasked, sha256, guests, undrafted)(null, 'any', guestPlacement())).toEqual({
      ok: false,
      retryAfter: 9,
    });
  });

  it('sees the price before, and uses codes that are not counted by account', async () => {
    const code = async (text: string, limitPerUser: number | null) => {
      await orders.prisma.promotion.create({
        data: {
          ...{
            id: text,
            code: text,
            codeKey: text,
            name: 'Spring',
            kind: 'PERCENTAGE',
            ratePpm: 100_000,
          },
          ...{ validFrom: new Date(0), limitPerUser, limitTotal: 1 },
        },
      });
    };
    await code('ONCE-EACH', 1);
    await code('ONCE', null);
    const cartToken = await openCart();
    const wish = (couponCode: string) => ({
      destination: { country: 'GB', region: null },
      methods: new Map(),
      couponCode,
    });
    expect(await orders.app.quoteCart({ cartToken }, wish('ONCE-EACH'))).toEqual(
      refused('COUPON_NEEDS_ACCOUNT'),
    );
    const quoted = await orders.app.quoteCart({ cartToken }, wish('once'));
    if (!quoted.ok) throw new Error(quoted.refusal.code);
    expect(quoted.quote.amounts.total.minor).toBe(1530n);
    const input = { couponCode: 'once', expectedTotal: quoted.quote.amounts.total };
    expect(await place(cartToken, guestPlacement({ couponCode: 'ONCE-EACH' }))).toEqual(
      refused('COUPON_NEEDS_ACCOUNT'),
    );
    expect(await place(cartToken, guestPlacement(input))).toMatchObject({ ok: true });
    await orders.app.addToCart({ cartToken }, mugs());
    expect(await place(cartToken, guestPlacement({ couponCode: 'once' }))).toEqual(
      refused('COUPON_USED_UP'),
    );
    expect(await orders.app.quoteCart({ cartToken: 'x'.repeat(43) }, wish('once'))).toEqual(
      refused('CART_NOT_FOUND'),
    );
  });
});

describe('a guest’s order that comes to nothing', () => {
  it('puts its lines back into their cart', async () => {
    const { orderId, cartToken } = await placed();
    await orders.hear(stockRejected, { orderId, shortages: [] });
    expect(await orders.audit(orderId)).toMatchObject({ status: 'FAILED' });
    expect(await inGuestCart(cartToken)).toEqual([2]);
  });

  it('puts them into the account’s that took the cart in since', async () => {
    const { orderId, cartToken } = await placed();
    const buyer = claimer();
    expect(await orders.app.mergeCart(buyer, cartToken)).toMatchObject({ ok: true });
    await orders.hear(stockRejected, { orderId, shortages: [] });
    expect(await orders.cartOf(buyer)).toEqual({ mug: 2 });
  });

  it('ends all the same when the cart is gone', async () => {
    const { orderId, cartToken } = await placed();
    await orders.prisma.cart.deleteMany({ where: { tokenHash: sha256(cartToken) } });
    await orders.hear(stockRejected, { orderId, shortages: [] });
    expect(await orders.audit(orderId)).toMatchObject({ status: 'FAILED' });
  });
});

describe('an account that claims a guest’s order', () => {
  it('has it from then on, with all that it was', async () => {
    const { orderId, orderToken, guest, cartToken } = await placed();
    const buyer = claimer();
    expect(await orders.app.claimOrder(buyer, orderToken)).toEqual({ ok: true, orderId });
    expect(await orders.app.claimOrder(buyer, orderToken)).toEqual({ ok: true, orderId });
    expect(await orders.timeline(orderId)).toEqual(['Placed', 'Claimed']);
    expect((await orders.app.reads.ordersOf(buyer, { limit: 9, after: null })).map(({ id }) => id)).toEqual(
      [orderId],
    );
    expect((await orders.sent(orderId)).at(-1)).toEqual({
      fact: 'claimed',
      payload: { orderId, buyerId: buyer },
    });
    const before = (await orders.app.now()) as never;
    const own = { id: buyer, readsAll: false };
    expect(await orders.app.orderAsOf(orderId, before, own)).toMatchObject({ part: 'WHOLE' });
    expect(await orders.app.orderAsOf(orderId, before, { ...own, id: guest })).toBeNull();
    const [seen] = await orders.app.reads.orders([orderId], { id: guest, readsAll: false });
    expect(seen).toBeNull();
    expect(await orders.app.cancelOrder(actor(guest), orderId, null)).toEqual({
      ok: false,
      refusal: 'NOT_FOUND',
    });
    expect(await orders.prisma.guestOrder.findUnique({ where: { orderId } })).toMatchObject({
      email: null,
    });
    await unspoiled();
    expect(await orders.app.cancelOrder(actor(buyer), orderId, null)).toMatchObject({ ok: true });
    expect(await inGuestCart(cartToken)).toEqual([]);
    await unspoiled();
  });

  it('is told by a request that comes again that the order is no guest’s any more', async () => {
    const cartToken = await openCart();
    const input = guestPlacement();
    const outcome = await place(cartToken, input);
    if (!outcome.ok) throw new Error('refused');
    await orders.app.claimOrder(claimer(), outcome.orderToken);
    expect(await place(cartToken, input)).toEqual(refused('NO_LONGER_HELD'));
  });

  it('is one, however many want it at once', async () => {
    const { orderId, orderToken } = await placed();
    const all = Array.from({ length: 12 }, claimer);
    const outcomes = await Promise.all(all.map((buyer) => orders.app.claimOrder(buyer, orderToken)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = all[outcomes.findIndex(({ ok }) => ok)];
    expect(await buyerOf(orderId)).toBe(winner);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual(Array(11).fill({ ok: false, refusal: 'NOT_FOUND' }));
    expect(await orders.timeline(orderId)).toEqual(['Placed', 'Claimed']);
  });

  it('asks for a return once, also when it was asked for without it', async () => {
    const { orderId, orderToken, guest } = await placed();
    await orders.hear(stockReserved, { orderId });
    const amount = { minor: 1700n, currency: 'GBP' };
    await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount });
    const [shipment] = await orders.shipmentsOf(orderId);
    const shipmentId = asId<'Shipment'>(shipment?.id ?? '');
    await orders.app.shipShipment(actor('seller'), { shipmentId, carrier: 'DHL', trackingNumber: 'A1' });
    await orders.app.confirmDelivery(actor(guest), shipmentId);
    const wish = {
      ...{ shipmentId, idempotencyKey: 'once', comment: null, lines: mugs(1) },
      reason: 'DAMAGED' as const,
    };
    const asked = await orders.app.requestReturn(actor(guest), wish);
    const buyer = claimer();
    await orders.app.claimOrder(buyer, orderToken);
    expect(await orders.app.requestReturn(actor(buyer), wish)).toEqual(asked);
    expect(await orders.app.requestReturn(actor(claimer()), wish)).toEqual({
      ok: false,
      refusal: 'NOT_FOUND',
    });
  });

  it('needs a token that opens one, and to be there', async () => {
    expect(await orders.app.claimOrder(claimer(), 'x'.repeat(43))).toEqual({
      ok: false,
      refusal: 'NOT_FOUND',
    });
    const { orderToken } = await placed();
    const gone = claimer();
    await orders.hear(userDeleted, { userId: gone });
    expect(await orders.app.claimOrder(gone, orderToken)).toEqual({ ok: false, refusal: 'GONE' });
  });

  it('takes it along when it goes', async () => {
    const { orderId, orderToken } = await placed();
    const buyer = claimer();
    await orders.app.claimOrder(buyer, orderToken);
    await orders.hear(userDeleted, { userId: buyer });
    expect(await orders.audit(orderId)).toMatchObject({ status: 'CANCELLED' });
    expect(await orders.prisma.orderAddress.count({ where: { orderId } })).toBe(0);
  });

  it('gets back what a failed order had in it', async () => {
    const { orderId, orderToken } = await placed();
    const buyer = claimer();
    await orders.app.claimOrder(buyer, orderToken);
    await orders.hear(stockRejected, { orderId, shortages: [] });
    expect(await orders.cartOf(buyer)).toEqual({ mug: 2 });
  });
});

describe('who a guest was', () => {
  const days = 90;
  const erase = () =>
    eraseGuestOrders(
      orders.transact,
      createFindLeftGuestOrders(orders.prisma),
      days,
    )((error) => {
      throw error;
    });
  const age = (orderId: OrderId, by: number) => orders.prisma.$executeRaw`
    UPDATE guest_orders SET done_at = done_at - make_interval(days => ${by}::integer) WHERE order_id = ${orderId}`;
  const left = async (orderId: OrderId) => {
    const where = { orderId };
    return [
      await orders.prisma.guestOrder.count({ where }),
      await orders.prisma.orderAddress.count({ where }),
      await orders.prisma.orderNote.count({ where }),
    ];
  };

  /** Under which buyers' ids it was told that a guest is forgotten. */
  const toldOfForgotten = async (orderId: OrderId) =>
    (await orders.sent(orderId))
      .filter(({ fact }) => fact === 'guest-forgotten')
      .map(({ payload }) => payload.buyerId);

  it('is erased so many days after the order has ended, and not before', async () => {
    const { orderId, orderToken, guest } = await placed();
    await age(orderId, days + 1);
    await erase();
    expect(await left(orderId)).toEqual([1, 1, 0]);
    await orders.app.cancelOrder(actor(guest), orderId, 'I moved to Leeds');
    await age(orderId, days - 1);
    await erase();
    expect(await left(orderId)).toEqual([1, 1, 1]);
    await age(orderId, 2);
    expect(await toldOfForgotten(orderId)).toEqual([]);
    await Promise.all([erase(), erase()]);
    expect(await left(orderId)).toEqual([0, 0, 0]);
    expect(await toldOfForgotten(orderId)).toEqual([guest]);
    expect(await orders.app.guestOrder(orderToken)).toBeNull();
    expect(await orders.app.claimOrder(claimer(), orderToken)).toMatchObject({ refusal: 'NOT_FOUND' });
    expect(await orders.audit(orderId)).toMatchObject({ status: 'CANCELLED' });
  });

  it('is erased with what was said of their returns, and what is said later is not kept', async () => {
    const { orderId, guest } = await placed();
    const by = actor(guest);
    await orders.hear(stockReserved, { orderId });
    await orders.hear(paymentCaptured, {
      ...{ orderId, paymentId: orders.paymentOf(orderId), amount: { minor: 1700n, currency: 'GBP' } },
    });
    const [shipment] = await orders.shipmentsOf(orderId);
    const shipmentId = asId<'Shipment'>(shipment?.id ?? '');
    const seller = actor((await orders.app.reads.shipments([orderId]))[0]?.[0]?.sellerId ?? '');
    const parcel = { shipmentId, carrier: 'Royal Mail', trackingNumber: 'RM-0001' };
    await orders.app.shipShipment(seller, parcel);
    await orders.app.confirmDelivery(by, shipmentId);
    const asked = await orders.app.requestReturn(by, {
      ...{ shipmentId, idempotencyKey: 'key', reason: 'OTHER', comment: 'Grace is allergic' },
      lines: mugs(),
    });
    if (!asked.ok) throw new Error(asked.refusal);
    const notes = () => orders.prisma.returnNote.count({ where: { orderId } });
    expect(await notes()).toBe(1);
    await orders.hear(paymentReleased, {
      ...{ orderId, shipmentId, amount: { minor: 1700n, currency: 'GBP' } },
    });
    await age(orderId, days + 1);
    await erase();
    expect(await notes()).toBe(0);
    await orders.app.rejectReturn(seller, asked.returnId, 'Grace wrote that she kept it');
    expect(await notes()).toBe(0);
    await unspoiled();
  });

  it('is erased when they ask for it, and what was not sent is called off', async () => {
    const { orderId, orderToken, guest, cartToken } = await placed();
    expect(await orders.app.forgetGuest(cartToken)).toBe(false);
    expect(await orders.app.forgetGuest(orderToken)).toBe(true);
    expect(await orders.app.forgetGuest(orderToken)).toBe(false);
    expect(await toldOfForgotten(orderId)).toEqual([guest]);
    expect(await left(orderId)).toEqual([0, 0, 0]);
    expect(await orders.audit(orderId)).toMatchObject({ status: 'CANCELLED' });
    expect(await orders.prisma.orderPaymentToken.count({ where: { orderId } })).toBe(0);
    const [seen] = await orders.app.reads.orders([orderId], { id: guest, readsAll: false });
    expect(seen).toMatchObject({ status: 'CANCELLED' });
  });

  it('goes when some was sent and they ask for it, for the rest is called off and its money goes back', async () => {
    const { orderId, orderToken } = await placed();
    await orders.hear(stockReserved, { orderId });
    const amount = { minor: 1700n, currency: 'GBP' };
    await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount });
    const [shipment] = await orders.shipmentsOf(orderId);
    const ship = (quantity: number, trackingNumber: string) =>
      orders.app.shipShipment(actor('seller'), {
        ...{ shipmentId: asId<'Shipment'>(shipment?.id ?? ''), carrier: 'DHL', trackingNumber },
        lines: mugs(quantity),
      });
    await ship(1, 'A1');
    expect(await orders.app.forgetGuest(orderToken)).toBe(true);
    expect(await left(orderId)).toEqual([0, 0, 0]);
    expect(await ship(1, 'A2')).toMatchObject({ ok: false, refusal: 'ALREADY_SHIPPED' });
    const [line] = await orders.prisma.orderLine.findMany({ where: { orderId } });
    expect(line).toMatchObject({ quantity: 2, shipped: 1, cancelled: 1 });
    const [sent] = await orders.prisma.shipment.findMany({ where: { orderId } });
    expect(sent).toMatchObject({ status: 'SHIPPED', backMinor: 850n });
  });

  it('is no longer theirs to erase once an account has it', async () => {
    const { orderId, orderToken } = await placed();
    await orders.app.claimOrder(claimer(), orderToken);
    expect(await orders.app.forgetGuest(orderToken)).toBe(false);
    expect(await orders.audit(orderId)).toMatchObject({ status: 'PENDING' });
  });

  it('is the account’s once it has claimed the order, which keeps its address', async () => {
    const { orderId, orderToken } = await placed();
    await orders.app.claimOrder(claimer(), orderToken);
    await age(orderId, days + 1);
    await erase();
    expect(await left(orderId)).toEqual([0, 1, 0]);
    expect(await toldOfForgotten(orderId)).toEqual([]);
  });
});
