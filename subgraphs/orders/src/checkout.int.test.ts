import { paymentCaptured, paymentDeclined, stockRejected, stockReserved } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewPromotion } from './application/checkout/rule-views.ts';
import type { UserId } from './application/ports.ts';
import { mostGuesses } from './domain/checkout/coupon.ts';
import { actor, createTestOrders, gbp, placement, type TestOrders, variant } from './test-orders.ts';

let orders: TestOrders;
let people = 0;

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  await orders.sell(
    variant('mug', { sellerId: 'potter', minor: 850n }),
    variant('tea', { sellerId: 'grocer', minor: 335n }),
  );
  await coupon('Spring');
});
afterAll(() => orders.stop());

const admin = { id: asId<'User'>('admin'), isSeller: false, isAdmin: true };
const seller = (id: string) => ({ id: asId<'User'>(id), isSeller: true, isAdmin: false });

const coupon = async (code: string, changed: Partial<Omit<NewPromotion, 'owner'>> = {}) => {
  const outcome = await orders.app.createPromotion(admin, true, {
    name: 'Ten per cent',
    code,
    benefit: { kind: 'PERCENTAGE', ratePpm: 100_000 },
    minimum: null,
    validFrom: null,
    validUntil: null,
    limitTotal: null,
    limitPerUser: null,
    ...changed,
  });
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.promotion;
};

const buyerWith = async (quantities: Record<string, number>): Promise<UserId> => {
  people += 1;
  const buyerId = asId<'User'>(`person ${people}`);
  const lines = Object.entries(quantities).map(([id, quantity]) => ({
    variantId: asId<'Variant'>(id),
    quantity,
  }));
  expect(await orders.app.addToCart(buyerId, lines)).toMatchObject({ ok: true });
  return buyerId;
};

const wish = (couponCode: string | null = null, country = 'GB') => ({
  destination: { country, region: null },
  methods: new Map(),
  couponCode,
});

/** Uses that stand, and what is counted. */
const uses = async (promotionId: string) => {
  const [row] = await orders.auditor.$queryRaw<{ redeemed: number; used: number }[]>`
    SELECT redeemed, used FROM audit_promotion WHERE promotion_id = ${promotionId}`;
  return row;
};
const refused = (code: string) => ({ ok: false, refusal: { code } });

describe('a coupon', () => {
  it('takes off what the quote said, from the order, its shipments and its payment', async () => {
    const buyerId = await buyerWith({ mug: 2, tea: 3 });
    const quoted = await orders.app.quoteCart(buyerId, wish(' spring '));
    if (!quoted.ok) throw new Error(quoted.refusal.code);
    const { total } = quoted.quote.amounts;
    expect(total).toEqual(gbp(2435n));
    const input = placement({ couponCode: 'SPRING', expectedTotal: total });
    const placed = await orders.app.placeOrder(buyerId, input);
    if (!placed.ok) throw new Error(placed.refusal.code);
    await orders.hear(stockReserved, { orderId: placed.orderId });
    const sent = await orders.sent(placed.orderId);
    expect(sent.find(({ fact }) => fact === 'payment-requested')?.payload).toMatchObject({
      total: { minor: '2435' },
      shipments: [{ amount: { minor: '1530' } }, { amount: { minor: '905' } }],
    });
    const [view] = await orders.app.reads.orders([placed.orderId], { id: buyerId, readsAll: false });
    expect(view).toMatchObject({ couponCode: 'Spring', amounts: quoted.quote.amounts });
    const { orderId } = placed;
    await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount: total });
    const [own] = await orders.app.reads.orders([orderId], { id: asId('grocer'), readsAll: false });
    expect(own).toMatchObject({ total: gbp(905n), amounts: { goods: gbp(1005n), discount: gbp(100n) } });
    const [lines] = await orders.app.reads.lines([placed.orderId]);
    expect(lines?.map(({ amounts, reasons }) => [amounts, reasons])).toEqual(
      quoted.quote.lines.map(({ amounts, reasons }) => [amounts, reasons]),
    );
  });

  it.each([
    [2434n, 'less'],
    [2436n, 'more'],
  ])('does not excuse a total that was expected one penny off: %s is %s', async (minor) => {
    const buyerId = await buyerWith({ mug: 2, tea: 3 });
    const input = placement({ couponCode: 'SPRING', expectedTotal: gbp(minor) });
    expect(await orders.app.placeOrder(buyerId, input)).toEqual({
      ok: false,
      refusal: { code: 'PRICE_CHANGED', total: gbp(2435n) },
    });
    expect(await orders.cartOf(buyerId)).toEqual({ mug: 2, tea: 3 });
  });

  it('whose last use two want at once is one’s, and the other’s cart is as it was', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id, code } = await coupon(`LAST-${round}`, { limitTotal: 1 });
      const buyers = [await buyerWith({ mug: 2 }), await buyerWith({ mug: 2 })];
      const outcomes = await Promise.all(
        buyers.map((buyerId) => orders.app.placeOrder(buyerId, placement({ couponCode: code }))),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      const loser = outcomes.findIndex(({ ok }) => !ok);
      expect(outcomes[loser]).toEqual(refused('COUPON_USED_UP'));
      expect(await orders.cartOf(buyers[loser] ?? asId(''))).toEqual({ mug: 2 });
      expect(await orders.prisma.order.count({ where: { buyerId: buyers[loser] ?? '' } })).toBe(0);
      expect(await uses(id)).toEqual({ redeemed: 1, used: 1 });
    }
  });

  it('is used once by fifty equal requests at once', async () => {
    const { id, code } = await coupon('FIFTY', { limitTotal: 10, limitPerUser: 1 });
    const buyerId = await buyerWith({ mug: 2 });
    const input = placement({ couponCode: code });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => orders.app.placeOrder(buyerId, input)),
    );
    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.orderId)).size).toBe(1);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(await orders.prisma.order.count({ where: { buyerId } })).toBe(1);
    expect(await uses(id)).toEqual({ redeemed: 1, used: 1 });
  });

  it('is each buyer’s only as often as it says, also with two keys at once', async () => {
    const { code } = await coupon('ONCE', { limitPerUser: 1 });
    const buyerId = await buyerWith({ mug: 1 });
    expect(await orders.app.placeOrder(buyerId, placement({ couponCode: code }))).toMatchObject({
      ok: true,
    });
    await orders.app.addToCart(buyerId, [{ variantId: asId('mug'), quantity: 1 }]);
    expect(await orders.app.placeOrder(buyerId, placement({ couponCode: code }))).toEqual(
      refused('COUPON_ALREADY_USED'),
    );
    expect(await orders.app.quoteCart(buyerId, wish(code))).toEqual(refused('COUPON_ALREADY_USED'));
  });

  it('is given back once when nothing comes of the order, and not when it was paid', async () => {
    const { id, code } = await coupon('BACK', { limitTotal: 3 });
    const input = () => placement({ couponCode: code });
    const out = await orders.place({ mug: 1 }, input());
    const declined = await orders.place({ mug: 1 }, input());
    const paid = await orders.place({ mug: 1 }, input());
    expect(await uses(id)).toEqual({ redeemed: 3, used: 3 });

    for (let again = 0; again < 2; again += 1) {
      await orders.hear(stockRejected, { orderId: out.orderId, shortages: [] });
    }
    expect(await uses(id)).toEqual({ redeemed: 2, used: 2 });
    await orders.hear(stockReserved, { orderId: declined.orderId });
    await orders.hear(paymentDeclined, {
      orderId: declined.orderId,
      paymentId: orders.paymentOf(declined.orderId),
      reason: 'CARD_DECLINED',
    });
    expect(await uses(id)).toEqual({ redeemed: 1, used: 1 });

    await orders.hear(stockReserved, { orderId: paid.orderId });
    const { orderId, total: amount } = paid;
    await orders.hear(paymentCaptured, { orderId, paymentId: orders.paymentOf(orderId), amount });
    expect(await orders.app.cancelOrder(actor(paid.buyerId), orderId, null)).toMatchObject({ ok: true });
    expect(await uses(id)).toEqual({ redeemed: 1, used: 1 });

    const called = await orders.place({ mug: 1 }, input());
    for (let again = 0; again < 2; again += 1) {
      await orders.app.cancelOrder(actor(called.buyerId), called.orderId, null);
    }
    expect(await uses(id)).toEqual({ redeemed: 1, used: 1 });
  });

  it('is refused for what it is: unknown, over, yet to come, too small an order', async () => {
    const [past, future] = [asInstant('2020-01-01T00:00:00.000Z'), asInstant('2120-01-01T00:00:00.000Z')];
    await coupon('OVER', { validFrom: asInstant('2019-01-01T00:00:00.000Z'), validUntil: past });
    await coupon('TO-COME', { validFrom: future });
    await coupon('LARGE', { minimum: gbp(10_000n) });
    await coupon('ALL', { benefit: { kind: 'PERCENTAGE', ratePpm: 1_000_000 } });
    const buyerId = await buyerWith({ mug: 1 });
    const codeOf = async (code: string) => {
      const quoted = await orders.app.quoteCart(buyerId, wish(code));
      return quoted.ok ? null : quoted.refusal.code;
    };
    expect(await codeOf('NONE-SUCH')).toBe('COUPON_UNKNOWN');
    expect(await codeOf('OVER')).toBe('COUPON_EXPIRED');
    expect(await codeOf('TO-COME')).toBe('COUPON_UNKNOWN');
    expect(await codeOf('LARGE')).toBe('COUPON_MINIMUM');
    expect(await codeOf('ALL')).toBe('TOTAL_TOO_LOW');
  });

  it('cannot be guessed for long, in quotes and orders alike, and only by whoever guesses', async () => {
    await coupon('REAL');
    const [guesser, other] = [await buyerWith({ mug: 1 }), await buyerWith({ mug: 1 })];
    for (let guess = 0; guess < mostGuesses; guess += 1) {
      const couponCode = `GUESS-${guess}`;
      const outcome =
        guess % 2 === 0
          ? await orders.app.quoteCart(guesser, wish(couponCode))
          : await orders.app.placeOrder(guesser, placement({ couponCode }));
      expect(outcome).toEqual(refused('COUPON_UNKNOWN'));
    }
    expect(await orders.app.quoteCart(guesser, wish('REAL'))).toEqual(refused('COUPON_ATTEMPTS'));
    expect(await orders.app.quoteCart(guesser, wish())).toMatchObject({ ok: true });
    expect(await orders.app.quoteCart(other, wish('REAL'))).toMatchObject({ ok: true });
    await orders.prisma.$executeRaw`
      UPDATE coupon_guesses SET since = since - interval '61 minutes' WHERE buyer_id = ${guesser}`;
    expect(await orders.app.quoteCart(guesser, wish('REAL'))).toMatchObject({ ok: true });
  });

  it('has a code that nobody else can have, however it is written, and ends when its maker says', async () => {
    const { id } = await coupon('Unique');
    await expect(coupon('ＵNIQUE')).rejects.toThrow('CODE_TAKEN');
    expect(await orders.app.endPromotion(seller('potter'), id)).toEqual({
      ok: false,
      refusal: 'NOT_FOUND',
    });
    expect(await orders.app.endPromotion(admin, id)).toMatchObject({ ok: true });
    const buyerId = await buyerWith({ mug: 1 });
    expect(await orders.app.quoteCart(buyerId, wish('unique'))).toEqual(refused('COUPON_EXPIRED'));
  });

  it('of a seller is for their lines', async () => {
    const outcome = await orders.app.createPromotion(seller('grocer'), false, {
      name: 'Tea time',
      code: 'TEA',
      benefit: { kind: 'BUY_X_GET_Y', buy: 2, get: 1 },
      minimum: null,
      validFrom: null,
      validUntil: null,
      limitTotal: null,
      limitPerUser: null,
    });
    expect(outcome).toMatchObject({ ok: true, promotion: { sellerId: 'grocer', redeemed: 0 } });
    const quoted = await orders.app.quoteCart(await buyerWith({ mug: 3, tea: 3 }), wish('TEA'));
    expect(quoted).toMatchObject({ ok: true, quote: { amounts: { discount: gbp(335n) } } });
    expect(await orders.app.quoteCart(await buyerWith({ mug: 3 }), wish('TEA'))).toEqual(
      refused('COUPON_NOT_APPLICABLE'),
    );
  });
});

describe('sending', () => {
  const rate = (changed = {}) => ({
    country: 'GB',
    method: 'STANDARD' as const,
    currency: 'GBP',
    flatMinor: 399n,
    perItemMinor: 0n,
    freeFromMinor: null,
    minDays: 2,
    maxDays: 4,
    ...changed,
  });

  it('costs what its seller asks, is refused where they do not send, and is free again when they ask nothing', async () => {
    const weaver = seller('weaver');
    await orders.sell(variant('rug', { sellerId: 'weaver', minor: 5000n }));
    expect(await orders.app.setShippingRate(weaver, false, rate())).toMatchObject({
      ok: true,
      rate: { version: 1 },
    });
    expect(await orders.app.setShippingRate(weaver, false, rate({ flatMinor: 499n }))).toMatchObject({
      rate: { version: 2 },
    });
    const buyerId = await buyerWith({ rug: 1, mug: 1 });
    const methods = new Map([[weaver.id, 'STANDARD' as const]]);
    expect(await orders.app.quoteCart(buyerId, { ...wish(), methods })).toMatchObject({
      ok: true,
      quote: { amounts: { shipping: gbp(499n), total: gbp(6349n) } },
    });
    const abroad = placement();
    const input = { ...abroad, shippingAddress: { ...abroad.shippingAddress, country: 'DE' } };
    expect(await orders.app.placeOrder(buyerId, { ...input, couponCode: 'NONE-SUCH' })).toEqual({
      ok: false,
      refusal: { code: 'NO_SHIPPING', sellerIds: ['weaver'], variantIds: ['rug'] },
    });
    expect(await orders.prisma.couponGuess.count({ where: { buyerId } })).toBe(0);
    const placed = await orders.app.placeOrder(buyerId, placement({ expectedTotal: gbp(6349n) }));
    expect(placed).toMatchObject({ ok: true });

    const { currency, country, method } = rate();
    const key = { currency, country, method };
    expect(await orders.app.removeShippingRate(weaver, false, key)).toMatchObject({ ok: true });
    expect(await orders.app.removeShippingRate(weaver, false, key)).toEqual({
      ok: false,
      refusal: 'NOT_FOUND',
    });
    const next = await buyerWith({ rug: 1 });
    expect(await orders.app.quoteCart(next, wish(null, 'DE'))).toMatchObject({
      ok: true,
      quote: { amounts: { shipping: gbp(0n) } },
    });
  });

  it('is priced by sellers for themselves, and by administrators for the platform', async () => {
    const buyer = { id: asId<'User'>('buyer'), isSeller: false, isAdmin: false };
    expect(await orders.app.setShippingRate(buyer, false, rate())).toEqual({
      ok: false,
      refusal: 'NOT_A_SELLER',
    });
    expect(await orders.app.setShippingRate(seller('potter'), true, rate())).toEqual({
      ok: false,
      refusal: 'NOT_ADMIN',
    });
  });
});

describe('taxes', () => {
  const rule = {
    country: 'CA',
    region: null,
    category: 'STANDARD',
    name: 'GST',
    ratePpm: 50_000,
    inclusive: false,
    validFrom: null,
  };
  const taxFor = async (region: string | null, quantities: Record<string, number>) => {
    const quoted = await orders.app.quoteCart(await buyerWith(quantities), {
      ...wish(),
      destination: { country: 'CA', region },
    });
    if (!quoted.ok) throw new Error(quoted.refusal.code);
    return quoted.quote.amounts.tax.minor;
  };

  it('are those in force for the region, the last version, and the category that the seller gave', async () => {
    expect(await orders.app.setTaxRule(rule)).toMatchObject({ version: 1 });
    await orders.app.setTaxRule({ ...rule, region: 'ON', name: 'HST', ratePpm: 130_000 });
    await orders.app.setTaxRule({
      ...rule,
      ratePpm: 990_000,
      validFrom: asInstant('2120-01-01T00:00:00.000Z'),
    });
    expect(await taxFor(null, { mug: 2 })).toBe(85n);
    expect(await taxFor('ON', { mug: 2 })).toBe(221n);
    expect(await taxFor('QC', { mug: 2 })).toBe(85n);
    expect(await orders.app.setTaxRule({ ...rule, ratePpm: 100_000 })).toMatchObject({ version: 3 });
    expect(await taxFor(null, { mug: 2 })).toBe(170n);

    const tea = asId<'Variant'>('tea');
    expect(await orders.app.setTaxCategory(seller('potter'), tea, 'FOOD')).toEqual({
      ok: false,
      refusal: 'NOT_FOUND',
    });
    expect(await taxFor(null, { tea: 2 })).toBe(67n);
    expect(await orders.app.setTaxCategory(seller('grocer'), tea, 'FOOD')).toMatchObject({ ok: true });
    expect(await taxFor(null, { tea: 2 })).toBe(0n);
  });
});

describe('a cart of 1,114 lines', () => {
  it('is quoted and ordered like any other, to the penny', async () => {
    await coupon('MANY', { benefit: { kind: 'FIXED_AMOUNT', amount: gbp(10_007n) } });
    const many = Array.from({ length: 1114 }, (_, index) =>
      variant(`item ${index}`, { sellerId: `shop ${index % 40}`, minor: BigInt(100 + (index % 77)) }),
    );
    for (let from = 0; from < many.length; from += 500) await orders.sell(...many.slice(from, from + 500));
    const buyerId = await buyerWith(
      Object.fromEntries(many.map(({ variantId }, index) => [variantId, 1 + (index % 5)])),
    );
    const quoted = await orders.app.quoteCart(buyerId, wish('MANY'));
    if (!quoted.ok) throw new Error(quoted.refusal.code);
    const { lines, amounts } = quoted.quote;
    const goods = many.reduce((sum, { price }, index) => sum + price.minor * BigInt(1 + (index % 5)), 0n);
    expect(lines).toHaveLength(1114);
    expect(lines.reduce((sum, line) => sum + line.amounts.discount.minor, 0n)).toBe(10_007n);
    expect(amounts.total).toEqual(gbp(goods - 10_007n));
    const input = placement({ couponCode: 'MANY', expectedTotal: amounts.total });
    expect(await orders.app.placeOrder(buyerId, input)).toMatchObject({ ok: true });
  });
});

it('what screens read of amounts is made again from events', async () => {
  expect(await orders.rebuild({ check: true })).toMatchObject({ different: 0 });
});
