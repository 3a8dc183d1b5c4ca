import { sellerChanged, variantsChanged } from '@emporium/contracts';
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

const adjust = async (...adjustments: ReturnType<typeof adjustment>[]) =>
  (await inventory.app.adjustStock(adjustments, seller)).map(({ refusal }) => refusal);
const available = async () => (await inventory.levels(mug))[0];
const heardOf = async (variantId: string) =>
  (await inventory.sent())
    .map(({ payload }) => payload)
    .filter((payload) => payload.variantId === variantId);

describe('adjusting stock', () => {
  it('tells of the new stock, in full and with its version', async () => {
    await adjust(adjustment(mug, -4));
    expect(await heardOf(mug)).toEqual([
      { variantId: mug, available: 10, version: 1 },
      { variantId: mug, available: 6, version: 2 },
    ]);
  });

  it('happens once per key, however many ask at once', async () => {
    const same = adjustment(mug, 3);
    expect(await Promise.all(Array.from({ length: 20 }, () => adjust(same)))).toEqual(
      Array(20).fill([null]),
    );
    expect(await available()).toBe(13);
    expect(await heardOf(mug)).toHaveLength(2);
  });

  it('happens once per key, even when two variants race for it', async () => {
    await inventory.stock({ [`${mug}-b`]: 10 });
    const one = adjustment(mug, 3);
    const other = { ...one, variantId: variant(`${mug}-b`).variantId };
    const refusals = (await Promise.all([adjust(one), adjust(other), adjust(one), adjust(other)])).flat();
    expect(refusals.toSorted()).toEqual(['IDEMPOTENCY_MISMATCH', 'IDEMPOTENCY_MISMATCH', null, null]);
    const [total] = await inventory.prisma.$queryRaw<{ units: bigint }[]>`
      SELECT sum(available) AS units FROM stock_levels WHERE variant_id IN (${mug}, ${`${mug}-b`})`;
    expect(total?.units).toBe(23n);
  });

  it('leaves everything as it was when refused', async () => {
    expect(await adjust(adjustment(mug, -11))).toEqual(['INSUFFICIENT_STOCK']);
    expect(await adjust(adjustment('unheard-of', 1))).toEqual(['NOT_FOUND']);
    const stranger = { id: 'stranger', isAdmin: false };
    const [foreign] = await inventory.app.adjustStock([adjustment(mug, 1)], stranger);
    expect(foreign?.refusal).toBe('NOT_FOUND');
    expect(await available()).toBe(10);
    expect(await heardOf(mug)).toHaveLength(1);
  });

  it('is open to administrators, whose keys are their own', async () => {
    const mine = adjustment(mug, 1);
    await adjust(mine);
    const [outcome] = await inventory.app.adjustStock([{ ...mine, delta: 2 }], {
      id: 'admin',
      isAdmin: true,
    });
    expect(outcome?.refusal).toBeNull();
    expect(await available()).toBe(13);
  });

  it('never goes below zero, however many take at once', async () => {
    const refusals = await Promise.all(Array.from({ length: 15 }, () => adjust(adjustment(mug, -1))));
    expect(refusals.flat().filter((refusal) => refusal === null)).toHaveLength(10);
    expect(await available()).toBe(0);
  });

  it('takes five hundred at a time, and tells of each variant once', async () => {
    const ids = Array.from({ length: 249 }, (_, index) => `${mug}-bulk-${index}`);
    await inventory.hear(variantsChanged, { variants: ids.map((id) => variant(id)) });
    const all = [
      ...ids.flatMap((id) => [adjustment(id, 7), adjustment(id, -2)]),
      adjustment('unheard-of', 1),
      adjustment(mug, -11),
    ];
    const refusals = await adjust(...all);
    expect(refusals.slice(0, 498)).toEqual(Array(498).fill(null));
    expect(refusals.slice(498)).toEqual(['NOT_FOUND', 'INSUFFICIENT_STOCK']);
    expect(await inventory.levels(`${mug}-bulk-248`)).toEqual([5, 0, 0]);
    expect(await heardOf(`${mug}-bulk-0`)).toEqual([
      { variantId: `${mug}-bulk-0`, available: 5, version: 1 },
    ]);
    expect(await adjust(...all)).toEqual(refusals);
    expect(await inventory.levels(`${mug}-bulk-248`)).toEqual([5, 0, 0]);
    expect(await inventory.findings()).toEqual([]);
  });
});

describe('what products tells', () => {
  it('is applied when it is newer than what was heard before', async () => {
    const changed = (version: number, sellerId: string) =>
      inventory.hear(variantsChanged, { variants: [variant(mug, { version, sellerId })] });
    await changed(3, 'third');
    await changed(2, 'second');
    await changed(3, 'again');
    expect(await inventory.prisma.variant.findUnique({ where: { id: mug } })).toMatchObject({
      sellerId: 'third',
      version: 3,
    });
    expect(await available()).toBe(10);
  });

  it('may tell of a variant twice in one message: the newer counts', async () => {
    const id = `${mug}-twice`;
    await inventory.hear(variantsChanged, {
      variants: [
        variant(id, { version: 2, sellerId: 'new' }),
        variant(id, { version: 1, sellerId: 'old' }),
      ],
    });
    expect(await inventory.prisma.variant.findUnique({ where: { id } })).toMatchObject({ sellerId: 'new' });
    expect(await inventory.levels(id)).toEqual([0, 0, 0]);
  });
});

describe('what users tells of a seller', () => {
  it('decides whether they may change stock, by its version alone; ADMIN may always', async () => {
    const owner = { id: `owner of ${mug}`, isAdmin: false };
    const id = `${mug}-own`;
    await inventory.hear(variantsChanged, { variants: [variant(id, { sellerId: owner.id })] });
    const tell = (active: boolean, version: number) =>
      inventory.hear(sellerChanged, {
        sellerId: asId<'User'>(owner.id),
        displayName: 'Shop',
        active,
        version,
      });
    const adjustAs = async (actor: typeof owner) =>
      (await inventory.app.adjustStock([adjustment(id, 1)], actor))[0]?.refusal;

    expect(await adjustAs(owner)).toBeNull();
    await tell(false, 2);
    await tell(true, 1);
    await tell(true, 2);
    expect(await adjustAs(owner)).toBe('SELLER_SUSPENDED');
    expect(await adjustAs({ id: 'stranger', isAdmin: false })).toBe('NOT_FOUND');
    expect(await adjustAs({ id: 'admin', isAdmin: true })).toBeNull();
    await tell(true, 3);
    await tell(false, 2);
    expect(await adjustAs(owner)).toBeNull();
    expect(await inventory.levels(id)).toEqual([3, 0, 0]);
  });
});
