import { orderPlaced } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTransact } from '../infrastructure/database.ts';
import { createFindDueHolds } from '../infrastructure/holds.ts';
import { createTestInventory, type TestInventory, variant } from '../test-inventory.ts';
import { expireHolds, holdStock } from './hold-stock.ts';

let inventory: TestInventory;
let mug: string;
let ada: { id: string; isAdmin: boolean };
let count = 0;

beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
});
afterAll(() => inventory.stop());
beforeEach(async () => {
  count += 1;
  mug = `mug-${count}`;
  ada = { id: `ada-${count}`, isAdmin: false };
  await inventory.stock({ [mug]: 5 });
});
afterEach(async () => {
  expect(await inventory.findings()).toEqual([]);
});

const wanted = (quantity: number, idempotencyKey = 'key', variantId = mug) => ({
  variantId: asId<'Variant'>(variantId),
  quantity,
  idempotencyKey,
});
const hold = async (quantity: number, key?: string, actor = ada, variantId = mug) => {
  const outcome = await inventory.app.holdStock(wanted(quantity, key, variantId), actor);
  return outcome.ok ? outcome.events[0] : outcome.refusal;
};
const idOf = (held: Awaited<ReturnType<typeof hold>>) => {
  if (typeof held !== 'object') throw new Error(`nothing is held: ${held}`);
  return held.id;
};
const release = async (held: Awaited<ReturnType<typeof hold>>, actor = ada) => {
  const outcome = await inventory.app.releaseHold(idOf(held), actor);
  return outcome.ok ? outcome.events[0]?.state : outcome.refusal;
};
const place = (quantity: number, buyerId = ada.id) =>
  inventory.hear(orderPlaced, {
    orderId: asId<'Order'>(`order-${count}`),
    buyerId: asId<'User'>(buyerId),
    total: { minor: 100n, currency: 'GBP' },
    lines: [{ variantId: asId<'Variant'>(mug), sellerId: asId<'User'>('seller'), quantity }],
  });
const expire = async () =>
  expireHolds(
    createTransact(inventory.prisma, () => undefined),
    createFindDueHolds(inventory.prisma),
  )();

describe('a hold', () => {
  it('sets units aside once per key, and gives them back once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => hold(2)));
    expect(new Set(all.map(idOf)).size).toBe(1);
    expect(await inventory.levels(mug)).toEqual([3, 2, 0]);
    expect(await hold(3)).toBe('IDEMPOTENCY_MISMATCH');
    const states = await Promise.all(Array.from({ length: 10 }, () => release(all[0])));
    expect(new Set(states)).toEqual(new Set(['RELEASED']));
    expect(await inventory.levels(mug)).toEqual([5, 0, 0]);
    expect(await hold(2)).toMatchObject({ state: 'RELEASED' });
  });

  it('is refused where there is too little, or nothing to see', async () => {
    expect(await hold(6)).toBe('INSUFFICIENT_STOCK');
    expect(await hold(1, 'key', ada, 'unheard-of')).toBe('NOT_FOUND');
    await inventory.sell([variant(mug, { active: false, version: 2 })]);
    expect(await hold(1)).toBe('NOT_FOUND');
    expect(await inventory.levels(mug)).toEqual([5, 0, 0]);
  });

  it('ends at its holder’s wish alone', async () => {
    const held = await hold(2);
    expect(await release(held, { id: 'stranger', isAdmin: false })).toBe('NOT_FOUND');
    expect(await release(held, { id: 'admin', isAdmin: true })).toBe('RELEASED');
  });

  it('is not had a hundred and first time', async () => {
    for (let start = 0; start < 100; start += 10) {
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          await inventory.stock({ [`${mug}-${start + index}`]: 1 });
          return idOf(await hold(1, `key-${start + index}`, ada, `${mug}-${start + index}`));
        }),
      );
    }
    expect(await hold(1)).toBe('TOO_MANY_RESERVATIONS');
  });

  it('expires when its time is over by the database’s clock, and not before', async () => {
    const lasting = await hold(1, 'lasting');
    const brief = holdStock(
      createTransact(inventory.prisma, () => undefined),
      0,
    );
    await brief(wanted(2, 'brief'), ada);
    expect(await inventory.levels(mug)).toEqual([2, 3, 0]);
    expect((await Promise.all([expire(), expire()])).some((expired) => expired > 0)).toBe(true);
    expect(await inventory.levels(mug)).toEqual([4, 1, 0]);
    expect(await hold(2, 'brief')).toMatchObject({ state: 'EXPIRED' });
    expect(await release(lasting)).toBe('RELEASED');
  });

  it('goes to its holder’s order, and to nobody else’s', async () => {
    const held = await hold(4);
    await place(2, 'somebody else');
    expect(await inventory.levels(mug)).toEqual([1, 4, 0]);
    expect(await inventory.prisma.reservation.findMany({ where: { orderId: `order-${count}` } })).toEqual([
      { orderId: `order-${count}`, state: 'REJECTED' },
    ]);
    count += 1;
    await place(5);
    expect(await inventory.levels(mug)).toEqual([0, 5, 0]);
    expect(await release(held)).toBe('ORDERED');
    expect(await inventory.levels(mug)).toEqual([0, 5, 0]);
  });

  it('stays when an order is refused its stock', async () => {
    await hold(4);
    await place(6);
    expect(await inventory.levels(mug)).toEqual([1, 4, 0]);
  });
});
