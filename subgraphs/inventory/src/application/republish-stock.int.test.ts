import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adjustment, createTestInventory, seller, type TestInventory, variant } from '../test-inventory.ts';

let inventory: TestInventory;
let count = 0;
let mug = '';
beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
});
afterAll(() => inventory.stop());
beforeEach(async () => {
  count += 1;
  mug = `mug-${count}`;
  await inventory.stock({ [mug]: 2, [`${mug}-b`]: 0 });
});

type Told = { variantId: string; inStock: boolean; version: number };

/** What was told of the variant, one entry for each message that names it. */
const told = async (variantId = mug) =>
  (await inventory.sent())
    .filter(({ subject }) => subject === 'emporium.inventory.availability-changed.v1')
    .flatMap(({ payload }) => payload.variants as Told[])
    .filter((each) => each.variantId === variantId)
    .map(({ inStock, version }) => [inStock, version]);
const adjust = (delta: number) => inventory.app.adjustStock([adjustment(mug, delta)], seller);

describe('whether a variant is in stock', () => {
  it('is told when it turns, with the version of the stock, and not with each number', async () => {
    expect(await told()).toEqual([[true, 1]]);
    await adjust(5);
    await adjust(-6);
    expect(await told()).toEqual([[true, 1]]);
    await adjust(-1);
    await adjust(3);
    expect(await told()).toEqual([
      [true, 1],
      [false, 4],
      [true, 5],
    ]);
    expect(await told(`${mug}-b`)).toEqual([]);
  });

  it('turns when the place where it is closes, and opens again', async () => {
    const shop = { ...seller, isSeller: true };
    const opened = await inventory.app.openLocation(
      { sellerId: asId<'User'>(seller.id), code: `NORTH-${count}`, name: 'North', priority: 1 },
      shop,
    );
    const locationId = asId<'Location'>((opened.ok && opened.events[0]?.id) || '');
    await inventory.app.adjustStock([adjustment(`${mug}-b`, 1, { locationId })], seller);
    for (const active of [false, true])
      await inventory.app.changeLocation(locationId, { name: null, priority: null, active }, shop);
    expect((await told(`${mug}-b`)).map(([inStock]) => inStock)).toEqual([true, false, true]);
  });

  it('is told again of all that ever had stock, with the versions they have', async () => {
    await adjust(-2);
    const before = await told();
    const stocked = await inventory.prisma.stock.count({ where: { version: { gt: 0 } } });
    expect(await inventory.app.republishStock()).toBe(stocked);
    expect((await told()).slice(before.length)).toEqual([[false, 2]]);
    expect(await told(`${mug}-b`)).toEqual([]);
  });

  it('is told 500 at a time', async () => {
    const many = Array.from({ length: 520 }, (_, index) => `many-${count}-${index}`);
    for (const part of [many.slice(0, 260), many.slice(260)])
      await inventory.sell(part.map((id) => variant(id)));
    await inventory.app.adjustStock(
      many.map((id) => adjustment(id, 1)),
      seller,
    );
    const sizes = (await inventory.sent())
      .filter(({ subject }) => subject.includes('availability-changed'))
      .map(({ payload }) => (payload.variants as Told[]).length);
    expect(sizes.slice(-2)).toEqual([500, 20]);
    expect(await inventory.app.republishStock()).toBeGreaterThanOrEqual(521);
  });
});
