import { sellerChanged } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
  await inventory.stock({ [mug]: 10 });
});

const set = async (threshold: number | null, actor = seller, variantId = mug) => {
  const outcome = await inventory.app.setThreshold(asId<'Variant'>(variantId), threshold, actor);
  return outcome.ok ? null : outcome.refusal;
};
const adjust = (delta: number) => inventory.app.adjustStock([adjustment(mug, delta)], seller);
const told = async () =>
  (await inventory.sent())
    .filter(
      ({ subject, payload }) => subject === 'emporium.inventory.stock-low.v1' && payload.variantId === mug,
    )
    .map(({ payload }) => [payload.sellerId, payload.available, payload.threshold]);

describe('low stock', () => {
  it('is told of once when it falls below the threshold, and again when it had recovered', async () => {
    await set(5);
    await adjust(-5);
    expect(await told()).toEqual([]);
    await adjust(-1);
    await adjust(-1);
    expect(await told()).toEqual([['seller', 4, 5]]);
    await adjust(2);
    await inventory.app.holdStock(
      { variantId: asId<'Variant'>(mug), quantity: 3, idempotencyKey: 'key' },
      { id: `ada-${count}`, isAdmin: false },
    );
    expect(await told()).toEqual([
      ['seller', 4, 5],
      ['seller', 2, 5],
    ]);
  });

  it('is told of at once by a threshold that is set above it, and no more when there is none', async () => {
    await set(11);
    expect(await told()).toEqual([['seller', 10, 11]]);
    await set(null);
    await adjust(-9);
    expect(await told()).toHaveLength(1);
  });

  it('is told of once, however many take at once', async () => {
    await set(8);
    await Promise.all(Array.from({ length: 8 }, () => adjust(-1)));
    expect(await told()).toHaveLength(1);
  });

  it('is its seller’s to define', async () => {
    expect(await set(5, { id: 'stranger', isAdmin: false })).toBe('NOT_FOUND');
    expect(await set(5, seller, 'unheard-of')).toBe('NOT_FOUND');
    const sellerId = asId<'User'>(`shop-${count}`);
    await inventory.sell([variant(`${mug}-b`, { sellerId })]);
    await inventory.hear(sellerChanged, { sellerId, displayName: 'Shop', active: false, version: 2 });
    const suspended = { id: sellerId, isAdmin: false };
    expect(await set(5, suspended, `${mug}-b`)).toBe('SELLER_SUSPENDED');
    expect(await set(5, { id: 'admin', isAdmin: true }, `${mug}-b`)).toBeNull();
  });
});
