import { orderCancelled, orderConfirmed, orderPlaced, sellerChanged } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LocationChange } from '../domain/location.ts';
import { adjustment, createTestInventory, type TestInventory, variant } from '../test-inventory.ts';

let inventory: TestInventory;
let mug: string;
let shop: { id: string; isAdmin: boolean; isSeller: boolean };
let count = 0;

beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
});
afterAll(() => inventory.stop());
beforeEach(async () => {
  count += 1;
  mug = `mug-${count}`;
  shop = { id: `shop-${count}`, isAdmin: false, isSeller: true };
  await inventory.sell([variant(mug, { sellerId: shop.id })]);
});
afterEach(async () => {
  expect(await inventory.findings()).toEqual([]);
});

const admin = { id: 'admin', isAdmin: true, isSeller: false };

const open = async (code: string, priority: number, changed: { name?: string; sellerId?: string } = {}) => {
  const { name = code, sellerId = shop.id } = changed;
  const outcome = await inventory.app.openLocation(
    { sellerId: asId<'User'>(sellerId), code, name, priority },
    shop,
  );
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.events[0]?.id ?? asId<'Location'>('');
};
const put = async (units: number, locationId: ReturnType<typeof asId<'Location'>> | null = null) =>
  (await inventory.app.adjustStock([adjustment(mug, units, { locationId })], shop))[0]?.refusal;
const change = async (locationId: string, wanted: Partial<LocationChange>, actor = shop) => {
  const outcome = await inventory.app.changeLocation(
    asId<'Location'>(locationId),
    { name: null, priority: null, active: null, ...wanted },
    actor,
  );
  return outcome.ok ? outcome.events[0] : outcome.refusal;
};
const available = async () =>
  (await inventory.app.findAvailability([asId<'Variant'>(mug)], { id: null, isAdmin: false }))[0]
    ?.available;
const place = (orderId: string, ...quantities: number[]) =>
  inventory.hear(orderPlaced, {
    orderId: asId<'Order'>(orderId),
    buyerId: asId<'User'>('buyer'),
    total: { minor: 100n, currency: 'GBP' },
    lines: quantities.map((quantity) => ({
      variantId: asId<'Variant'>(mug),
      sellerId: asId<'User'>(shop.id),
      quantity,
    })),
  });
const lastTold = async () =>
  (await inventory.sent()).filter(({ payload }) => payload.variantId === mug).at(-1)?.payload.available;

describe('an order', () => {
  it('takes by priority, is split where one location has too few, and gives back to the same ones', async () => {
    const [south, north] = [await open('SOUTH', 200), await open('NORTH', 1)];
    await put(10);
    await put(3, south);
    await put(4, north);
    expect(await available()).toBe(17);
    await place(`order-${count}`, 9, 6);
    expect(await inventory.levelsAt(mug)).toEqual({
      NORTH: [0, 4, 0],
      DEFAULT: [0, 10, 0],
      SOUTH: [2, 1, 0],
    });
    await inventory.hear(orderConfirmed, { orderId: asId<'Order'>(`order-${count}`) });
    expect(await inventory.levelsAt(mug)).toEqual({
      NORTH: [0, 0, 4],
      DEFAULT: [0, 0, 10],
      SOUTH: [2, 0, 1],
    });
    await inventory.hear(orderCancelled, { orderId: asId<'Order'>(`order-${count}`) });
    expect(await inventory.levelsAt(mug)).toEqual({
      NORTH: [4, 0, 0],
      DEFAULT: [10, 0, 0],
      SOUTH: [3, 0, 0],
    });
  });

  it('takes nothing from a closed location, and gives back what it took before it was closed', async () => {
    const north = await open('NORTH', 1);
    await put(4, north);
    await put(2);
    await place(`before-${count}`, 3);
    expect(await change(north, { active: false })).toMatchObject({ active: false });
    expect([await available(), await lastTold()]).toEqual([2, 2]);
    await place(`after-${count}`, 3);
    expect(await inventory.prisma.reservation.findUnique({ where: { orderId: `after-${count}` } })).toEqual(
      {
        orderId: `after-${count}`,
        state: 'REJECTED',
      },
    );
    await inventory.hear(orderCancelled, { orderId: asId<'Order'>(`before-${count}`) });
    expect(await inventory.levelsAt(mug)).toEqual({ NORTH: [4, 0, 0], DEFAULT: [2, 0, 0] });
    expect([await available(), await lastTold()]).toEqual([2, 2]);
    await change(north, { active: true });
    expect([await available(), await lastTold()]).toEqual([6, 6]);
  });

  it('is never served twice from one unit, while locations close and open', async () => {
    const north = await open('NORTH', 1);
    await put(20, north);
    await put(20);
    await Promise.all([
      ...Array.from({ length: 30 }, (_, index) => place(`race-${count}-${index}`, 1)),
      ...[false, true, false, true].map((active) => change(north, { active })),
      ...Array.from({ length: 10 }, () => put(1, north).catch(() => null)),
    ]);
    const [, reserved] = await inventory.levels(mug);
    expect(reserved).toBeGreaterThanOrEqual(20);
  });
});

describe('a location', () => {
  it('is opened once per code', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => open('NORTH', 1)));
    expect(new Set(ids).size).toBe(1);
    await expect(open('NORTH', 2)).rejects.toThrow('CODE_TAKEN');
    await expect(open('DEFAULT', 2)).rejects.toThrow('CODE_TAKEN');
    const locations = (await inventory.app.findLocations([asId<'User'>(shop.id)])).get(
      asId<'User'>(shop.id),
    );
    expect(locations?.map(({ code }) => code)).toEqual(['NORTH', 'DEFAULT']);
  });

  it('belongs to a seller, and is opened by them or an administrator', async () => {
    await expect(open('NORTH', 1, { sellerId: 'rival' })).rejects.toThrow('NOT_FOUND');
    const theirs = { sellerId: asId<'User'>(shop.id), code: 'NORTH', name: 'North', priority: 1 };
    const buyer = { ...shop, isSeller: false };
    expect(await inventory.app.openLocation(theirs, buyer)).toMatchObject({ refusal: 'NOT_A_SELLER' });
    expect(await inventory.app.openLocation(theirs, admin)).toMatchObject({ ok: true });
    const nobodys = { ...theirs, sellerId: asId<'User'>('nobody') };
    expect(await inventory.app.openLocation(nobodys, admin)).toMatchObject({ refusal: 'NOT_FOUND' });
  });

  it('is renamed by its seller and by no other; the default one stays open', async () => {
    const north = await open('NORTH', 1);
    expect(await change(north, { name: 'Leeds' })).toMatchObject({
      name: 'Leeds',
      priority: 1,
      active: true,
    });
    expect(await change(north, { priority: 7 })).toMatchObject({ name: 'Leeds', priority: 7 });
    expect(await change(north, { name: 'Mine' }, { ...shop, id: 'rival' })).toBe('NOT_FOUND');
    expect(await change('unheard-of', { name: 'Mine' })).toBe('NOT_FOUND');
    const [byDefault] = await inventory.prisma.location.findMany({
      where: { sellerId: shop.id, isDefault: true },
    });
    expect(await change(byDefault?.id ?? '', { active: false })).toBe('DEFAULT_LOCATION');
  });

  it('is nothing for a suspended seller to open or close', async () => {
    const north = await open('NORTH', 1);
    const sellerId = asId<'User'>(shop.id);
    await inventory.hear(sellerChanged, { sellerId, displayName: 'Shop', active: false, version: 2 });
    await expect(open('SOUTH', 1)).rejects.toThrow('SELLER_SUSPENDED');
    expect(await change(north, { active: false })).toBe('SELLER_SUSPENDED');
    expect(await change(north, { active: false }, admin)).toMatchObject({ active: false });
  });

  it('takes stock of its seller’s variants, and only while it is open', async () => {
    const north = await open('NORTH', 1);
    await inventory.sell([variant(`${mug}-foreign`, { sellerId: 'rival' })]);
    const [outcome] = await inventory.app.adjustStock(
      [adjustment(`${mug}-foreign`, 1, { locationId: north })],
      admin,
    );
    expect(outcome?.refusal).toBe('LOCATION_NOT_FOUND');
    await change(north, { active: false });
    expect(await put(1, north)).toBe('LOCATION_INACTIVE');
    expect(await put(1, asId<'Location'>('unheard-of'))).toBe('LOCATION_NOT_FOUND');
    expect(await inventory.levels(mug)).toEqual([0, 0, 0]);
  });
});
