import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Placement } from './application/place-order.ts';
import { actor, createTestOrders, gbp, placement, type TestOrders, variant } from './test-orders.ts';

let orders: TestOrders;
let buyers = 0;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  await orders.sell(variant('mug', { minor: 850n }), variant('tea', { minor: 335n }));
});
afterAll(() => orders.stop());

/** A buyer of their own, with a cart. */
const buyerWith = async (quantities: Record<string, number>) => {
  buyers += 1;
  const buyerId = asId<'User'>(`someone ${buyers}`);
  const lines = Object.entries(quantities).map(([id, quantity]) => ({
    variantId: asId<'Variant'>(id),
    quantity,
  }));
  if (lines.length > 0) expect(await orders.app.addToCart(buyerId, lines)).toEqual({ ok: true });
  return buyerId;
};

const ordersOf = (buyerId: string) => orders.prisma.order.count({ where: { buyerId } });

describe('an idempotency key', () => {
  it('gives twenty equal requests at once one order', async () => {
    const buyerId = await buyerWith({ mug: 2 });
    const input = placement();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => orders.app.placeOrder(buyerId, input)),
    );
    const ids = new Set(outcomes.map((outcome) => outcome.ok && outcome.orderId));
    expect([...ids]).toEqual([expect.any(String)]);
    expect(await ordersOf(buyerId)).toBe(1);
  });

  it('gives the same order later, whatever is in the cart by then', async () => {
    const buyerId = await buyerWith({ mug: 2 });
    const input = placement();
    const first = await orders.app.placeOrder(buyerId, input);
    await orders.app.addToCart(buyerId, [{ variantId: asId('tea'), quantity: 1 }]);
    expect(await orders.app.placeOrder(buyerId, input)).toEqual(first);
    expect(await orders.cartOf(buyerId)).toEqual({ tea: 1 });
  });

  it.each<[string, Partial<Placement>]>([
    ['another address', { shippingAddress: { ...placement().shippingAddress, city: 'Bath' } }],
    ['another token', { payment: { method: 'CARD', token: 'tok_slow', paymentMethodId: null } }],
    ['a saved card', { payment: { method: 'CARD', token: null, paymentMethodId: 'a' } }],
    ['another way to pay', { payment: { method: 'WALLET', token: null, paymentMethodId: null } }],
    ['another expected total', { expectedTotal: gbp(1700n) }],
  ])('is not for an order with %s', async (_, changed) => {
    const buyerId = await buyerWith({ mug: 2 });
    const input = placement();
    await orders.app.placeOrder(buyerId, input);
    expect(await orders.app.placeOrder(buyerId, { ...input, ...changed })).toEqual({
      ok: false,
      refusal: { code: 'IDEMPOTENCY_MISMATCH' },
    });
    expect(await ordersOf(buyerId)).toBe(1);
  });

  it('belongs to its buyer', async () => {
    const input = placement();
    const [one, other] = [await buyerWith({ mug: 1 }), await buyerWith({ mug: 1 })];
    const outcomes = [await orders.app.placeOrder(one, input), await orders.app.placeOrder(other, input)];
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(outcomes[0]).not.toEqual(outcomes[1]);
  });

  it('is not used up by a refusal', async () => {
    const buyerId = await buyerWith({});
    const input = placement();
    expect(await orders.app.placeOrder(buyerId, input)).toEqual({
      ok: false,
      refusal: { code: 'EMPTY_CART' },
    });
    await orders.app.addToCart(buyerId, [{ variantId: asId('mug'), quantity: 1 }]);
    expect((await orders.app.placeOrder(buyerId, input)).ok).toBe(true);
  });

  it('does not let two keys order one cart twice', async () => {
    const buyerId = await buyerWith({ mug: 1 });
    const outcomes = await Promise.all([
      orders.app.placeOrder(buyerId, placement()),
      orders.app.placeOrder(buyerId, placement()),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: { code: 'EMPTY_CART' } });
  });
});

describe('a refused order', () => {
  it('leaves the cart and everything else as it was', async () => {
    const buyerId = await buyerWith({ mug: 2 });
    const rows = () => orders.prisma.$queryRaw`
      SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM order_events), (SELECT count(*) FROM outbox),
        (SELECT count(*) FROM order_addresses), (SELECT count(*) FROM order_payment_tokens),
        (SELECT count(*) FROM placement_keys), (SELECT count(*) FROM purchase_deadlines)`;
    const before = await rows();
    expect(await orders.app.placeOrder(buyerId, placement({ expectedTotal: gbp(1n) }))).toEqual({
      ok: false,
      refusal: { code: 'PRICE_CHANGED', total: gbp(1700n) },
    });
    expect(await rows()).toEqual(before);
    expect(await orders.cartOf(buyerId)).toEqual({ mug: 2 });
  });

  it('says when something in the cart is not sold any more', async () => {
    await orders.sell(variant('lamp'));
    const buyerId = await buyerWith({ lamp: 1 });
    await orders.sell(variant('lamp', { active: false, version: 2 }));
    expect(await orders.app.placeOrder(buyerId, placement())).toEqual({
      ok: false,
      refusal: { code: 'UNAVAILABLE', variantIds: ['lamp'] },
    });
    expect((await orders.app.reads.cart(buyerId)).lines).toMatchObject([{ available: false }]);
  });
});

describe('a seller who is suspended', () => {
  const sellerId = 'potter';
  const told = (active: boolean, version: number) =>
    orders.sell(...['jug', 'pot'].map((id) => variant(id, { sellerId, active, version })));
  const jug = asId<'Variant'>('jug');

  it('sells nothing until reinstated, however late and often the news comes, and what was ordered goes on', async () => {
    await told(true, 1);
    const placed = await orders.placePaid({ jug: 1, pot: 1 });
    const buyerId = await buyerWith({ jug: 1, mug: 1 });

    await told(false, 2);
    await told(true, 1);
    await told(false, 2);
    expect((await orders.app.reads.cart(buyerId)).lines).toMatchObject([
      { variantId: 'jug', available: false },
      { variantId: 'mug', available: true },
    ]);
    const unavailable = { ok: false, refusal: { code: 'UNAVAILABLE', variantIds: ['jug'] } };
    expect(await orders.app.placeOrder(buyerId, placement())).toEqual(unavailable);
    expect(await orders.app.addToCart(buyerId, [{ variantId: jug, quantity: 1 }])).toEqual({
      ok: false,
      refusal: 'NOT_FOUND',
      variantId: jug,
    });

    const [shipment] = await orders.shipmentsOf(placed.orderId);
    const shipmentId = asId<'Shipment'>(shipment?.id ?? '');
    const parcel = { shipmentId, carrier: 'DHL', trackingNumber: 'JD014600003' };
    expect(await orders.app.shipShipment(actor(sellerId), parcel)).toMatchObject({ ok: true });
    expect(await orders.app.confirmDelivery(actor(placed.buyerId), shipmentId)).toMatchObject({ ok: true });

    await told(true, 3);
    await told(false, 2);
    expect(await orders.app.placeOrder(buyerId, placement())).toMatchObject({ ok: true });
  });
});

describe('our copy of the catalogue', () => {
  it('takes higher versions only, in whatever order they come', async () => {
    await orders.sell(variant('vase', { minor: 300n, version: 3 }));
    await orders.sell(variant('vase', { minor: 200n, version: 2 }));
    await orders.sell(variant('vase', { minor: 350n, version: 3 }));
    const buyerId = await buyerWith({ vase: 1 });
    expect((await orders.app.reads.cart(buyerId)).total).toEqual(gbp(300n));
  });

  it('takes the highest of several versions at once', async () => {
    await orders.sell(
      variant('bowl', { minor: 100n, version: 1 }),
      variant('bowl', { minor: 900n, version: 9 }),
      variant('bowl', { minor: 500n, version: 5 }),
    );
    const buyerId = await buyerWith({ bowl: 1 });
    expect((await orders.app.reads.cart(buyerId)).total).toEqual(gbp(900n));
  });
});

describe('a very large order', () => {
  it('is placed like any other', async () => {
    const many = Array.from({ length: 2000 }, (_, index) =>
      variant(`thing ${index}`, { sellerId: `seller ${index % 50}` }),
    );
    for (let from = 0; from < many.length; from += 500) await orders.sell(...many.slice(from, from + 500));
    const { orderId, total } = await orders.place(
      Object.fromEntries(many.map((each) => [each.variantId, 3])),
    );
    expect(total).toEqual(gbp(600_000n));
    expect(await orders.shipmentsOf(orderId)).toHaveLength(50);
    expect(
      await orders.auditor.$queryRaw`
      SELECT sum(total_minor)::int AS total, count(*)::int AS lines FROM audit_order_line WHERE order_id = ${orderId}`,
    ).toEqual([{ total: 600_000, lines: 2000 }]);
  });
});
