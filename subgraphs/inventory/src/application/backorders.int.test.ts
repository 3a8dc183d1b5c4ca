import {
  orderCancelled,
  orderConfirmed,
  orderFailed,
  orderPlaced,
  sellerChanged,
} from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adjustment, createTestInventory, seller, type TestInventory, variant } from '../test-inventory.ts';

let inventory: TestInventory;
let mug: string;
let count = 0;

beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
});
afterAll(() => inventory.stop());
beforeEach(async () => {
  count += 1;
  mug = `mug-${count}`;
  await inventory.stock({ [mug]: 2 });
});
afterEach(async () => {
  expect(await inventory.findings()).toEqual([]);
});

const allow = async (limit: number | null, allowed = true, actor = seller, variantId = mug) => {
  const outcome = await inventory.app.setBackorder(asId<'Variant'>(variantId), { allowed, limit }, actor);
  return outcome.ok ? null : outcome.refusal;
};
const orderOf = (name: string) => asId<'Order'>(`${name}-${count}`);
const placed = (name: string, quantity: number, buyer = 'buyer', variantIds = [mug]) =>
  inventory.hear(orderPlaced, {
    orderId: orderOf(name),
    buyerId: asId<'User'>(`${buyer}-${count}`),
    total: { minor: 100n, currency: 'GBP' },
    lines: variantIds.map((id) => ({
      variantId: asId<'Variant'>(id),
      sellerId: asId<'User'>('seller'),
      quantity,
    })),
  });
const confirmed = (name: string) => inventory.hear(orderConfirmed, { orderId: orderOf(name) });
const cancelled = (name: string) => inventory.hear(orderCancelled, { orderId: orderOf(name) });
const receive = (units: number, variantIds = [mug]) =>
  inventory.app.adjustStock(
    variantIds.map((id) => adjustment(id, units, { kind: 'RECEIPT' })),
    seller,
  );
const stateOf = async (name: string) =>
  (await inventory.prisma.reservation.findUnique({ where: { orderId: orderOf(name) } }))?.state;
const waitingOf = async (name: string) =>
  (await inventory.prisma.backorder.findMany({ where: { orderId: orderOf(name) } })).map(
    ({ waiting }) => waiting,
  );
const orderable = async () =>
  (await inventory.app.findAvailability([asId<'Variant'>(mug)], { id: null, isAdmin: false }))[0];
/** What was told of an order, oldest first. */
const told = async (name: string) =>
  (await inventory.sent())
    .filter(({ payload }) => payload.orderId === orderOf(name))
    .map(({ subject, payload: { orderId: _, ...rest } }) => [subject.split('.')[2], rest]);

describe('an order beyond what is there', () => {
  it('is refused unless the seller lets it be', async () => {
    await placed('first', 3);
    expect(await stateOf('first')).toBe('REJECTED');
    expect(await orderable()).toEqual({ available: 2, backorderable: false });
    await allow(null);
    expect(await orderable()).toEqual({ available: 2, backorderable: true });
    await placed('second', 3);
    expect(await inventory.levels(mug)).toEqual([0, 2, 0]);
    expect(await waitingOf('second')).toEqual([1]);
    expect(await told('second')).toEqual([
      ['reserved', { backordered: [{ variantId: mug, quantity: 1 }] }],
    ]);
  });

  it('may wait for so many as the limit leaves, all in all', async () => {
    await allow(3);
    await placed('first', 4);
    await placed('second', 2);
    expect(await stateOf('second')).toBe('REJECTED');
    await placed('third', 1);
    expect(await stateOf('third')).toBe('RESERVED');
    expect(await orderable()).toEqual({ available: 0, backorderable: false });
  });

  it('keeps what it was promised when the limit is lowered or taken away, and nobody else gets in', async () => {
    await allow(3);
    await placed('first', 5);
    await allow(1);
    await placed('second', 1);
    await allow(null, false);
    await placed('third', 1);
    expect([await stateOf('second'), await stateOf('third')]).toEqual(['REJECTED', 'REJECTED']);
    await receive(3);
    expect(await inventory.levels(mug)).toEqual([0, 5, 0]);
  });

  it('takes over what its buyer holds, and waits for the rest', async () => {
    await allow(null);
    const hold = { variantId: asId<'Variant'>(mug), quantity: 2, idempotencyKey: 'key' };
    await inventory.app.holdStock(hold, { id: `ada-${count}`, isAdmin: false });
    await placed('first', 3, 'ada');
    expect(await inventory.levels(mug)).toEqual([0, 2, 0]);
    expect(await waitingOf('first')).toEqual([1]);
    const another = await inventory.app.holdStock(
      { ...hold, quantity: 1 },
      { id: `bob-${count}`, isAdmin: false },
    );
    expect(another).toEqual({ ok: false, refusal: 'INSUFFICIENT_STOCK' });
  });

  // The first heat opens the connections; in the others all are at it together.
  it('is left to exactly one of those who want the last promised unit at once', async () => {
    for (const heat of [1, 2, 3]) {
      const cup = `cup-${count}-${heat}`;
      await inventory.stock({ [cup]: 0 });
      await allow(1, true, seller, cup);
      const names = Array.from({ length: 12 }, (_, index) => `racer-${heat}-${index}`);
      await Promise.all(names.map((name) => placed(name, 1, 'buyer', [cup])));
      const states = await Promise.all(names.map(stateOf));
      expect(states.filter((state) => state === 'RESERVED')).toHaveLength(1);
      expect(states.filter((state) => state === 'REJECTED')).toHaveLength(11);
    }
  });
});

describe('units that come', () => {
  it('go to the oldest order first, whether it is paid or not, before anybody can order them', async () => {
    await allow(null);
    await placed('old', 5);
    await confirmed('old');
    await placed('young', 2);
    expect(await inventory.levels(mug)).toEqual([0, 0, 2]);
    await receive(4);
    expect(await inventory.levels(mug)).toEqual([0, 1, 5]);
    expect([await waitingOf('old'), await waitingOf('young')]).toEqual([[0], [1]]);
    await confirmed('young');
    await receive(4);
    expect(await inventory.levels(mug)).toEqual([3, 0, 7]);
    const filled = (waiting: number) => ['backorder-filled', { lines: [{ variantId: mug, waiting }] }];
    expect((await told('old')).slice(1)).toEqual([['committed', {}], filled(0)]);
    expect((await told('young')).slice(1)).toEqual([filled(1), ['committed', {}], filled(0)]);
    await cancelled('young');
    await cancelled('old');
    expect(await inventory.levels(mug)).toEqual([10, 0, 0]);
  });

  it('may come from an order that ends, or a hold that does', async () => {
    await allow(null);
    const ada = { id: `ada-${count}`, isAdmin: false };
    const held = await inventory.app.holdStock(
      { variantId: asId<'Variant'>(mug), quantity: 1, idempotencyKey: 'key' },
      ada,
    );
    await placed('given-up', 1);
    await placed('waits', 3);
    await inventory.hear(orderFailed, { orderId: orderOf('given-up'), reason: 'PAYMENT_DECLINED' });
    expect(await waitingOf('waits')).toEqual([2]);
    const [hold] = held.ok ? held.events : [];
    if (!hold) throw new Error('nothing was held');
    await inventory.app.releaseHold(hold.id, ada);
    expect(await waitingOf('waits')).toEqual([1]);
    expect(await inventory.levels(mug)).toEqual([0, 2, 0]);
  });

  it('may be at a location that opens again', async () => {
    await allow(null);
    const sellerId = asId<'User'>(seller.id);
    const attic = { sellerId, code: `ATTIC-${count}`, name: 'Attic', priority: 1 };
    const opened = await inventory.app.openLocation(attic, { ...seller, isSeller: true });
    const [location] = opened.ok ? opened.events : [];
    if (!location) throw new Error('no location was opened');
    await inventory.app.adjustStock([adjustment(mug, 4, { locationId: location.id })], seller);
    const set = (active: boolean) =>
      inventory.app.changeLocation(location.id, { name: null, priority: null, active }, seller);
    await set(false);
    await placed('first', 5);
    expect(await waitingOf('first')).toEqual([3]);
    await set(true);
    expect(await waitingOf('first')).toEqual([0]);
    expect(await inventory.levels(mug)).toEqual([1, 5, 0]);
  });

  it('tell an order of all that it gets at once', async () => {
    const tea = `tea-${count}`;
    await inventory.stock({ [tea]: 0 });
    await allow(null);
    await allow(null, true, seller, tea);
    await placed('both', 3, 'buyer', [mug, tea]);
    await receive(2, [mug, tea]);
    expect((await told('both')).slice(1)).toEqual([
      [
        'backorder-filled',
        {
          lines: [
            { variantId: mug, waiting: 0 },
            { variantId: tea, waiting: 1 },
          ],
        },
      ],
    ]);
  });

  it('go to nobody who cancelled, and come back from where they had come to', async () => {
    await allow(null);
    await placed('first', 5);
    await receive(1);
    await placed('second', 1);
    await cancelled('first');
    expect(await inventory.levels(mug)).toEqual([2, 1, 0]);
    await receive(4);
    expect(await inventory.levels(mug)).toEqual([6, 1, 0]);
    await cancelled('first');
    await placed('first', 5);
    expect(await inventory.levels(mug)).toEqual([6, 1, 0]);
  });

  it('add up, whoever orders, pays, cancels and receives at once', async () => {
    await allow(20);
    const names = Array.from({ length: 10 }, (_, index) => `busy-${index}`);
    await Promise.all(
      names.flatMap((name, index) => [
        placed(name, 1 + (index % 4)).then(() =>
          index % 3 === 0 ? cancelled(name) : confirmed(name).then(() => undefined),
        ),
        receive(1),
      ]),
    );
    const [available = 0, reserved, sold = 0] = await inventory.levels(mug);
    expect(reserved).toBe(0);
    expect(available + sold).toBe(12);
  });
});

describe('the terms', () => {
  it('are their seller’s to set', async () => {
    expect(await allow(5, true, { id: 'stranger', isAdmin: false })).toBe('NOT_FOUND');
    expect(await allow(5, true, seller, 'unheard-of')).toBe('NOT_FOUND');
    const sellerId = asId<'User'>(`shop-${count}`);
    await inventory.sell([variant(`${mug}-b`, { sellerId })]);
    await inventory.hear(sellerChanged, { sellerId, displayName: 'Shop', active: false, version: 2 });
    expect(await allow(5, true, { id: sellerId, isAdmin: false }, `${mug}-b`)).toBe('SELLER_SUSPENDED');
    expect(await allow(5, true, { id: 'admin', isAdmin: true }, `${mug}-b`)).toBeNull();
  });
});
