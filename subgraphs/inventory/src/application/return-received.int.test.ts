/** What a buyer sent back comes in again, once, wherever its seller has put it. */
import { orderConfirmed, orderPlaced, returnReceived } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { ack } from '@emporium/messaging';
import { testDatabase } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestInventory, seller, type TestInventory } from '../test-inventory.ts';

let inventory: TestInventory;
let count = 0;
let mug: string;
let orderId: ReturnType<typeof asId<'Order'>>;

beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
});
afterAll(() => inventory.stop());
beforeEach(async () => {
  count += 1;
  mug = `mug-${count}`;
  orderId = asId(`order-${count}`);
  await inventory.stock({ [mug]: 10 });
});
afterEach(async () => {
  expect(await inventory.findings()).toEqual([]);
});

const sold = async (quantity: number) => {
  await inventory.hear(orderPlaced, {
    orderId,
    buyerId: asId<'User'>('buyer'),
    total: { minor: 100n, currency: 'GBP' },
    lines: [{ variantId: asId<'Variant'>(mug), sellerId: asId<'User'>('seller'), quantity }],
  });
  await inventory.hear(orderConfirmed, { orderId });
};
const back = (quantity: number, disposition: 'RESTOCK' | 'WRITE_OFF' = 'RESTOCK', locationId?: string) => ({
  ...{ variantId: asId<'Variant'>(mug), quantity, disposition },
  ...(locationId !== undefined && { locationId: asId<'Location'>(locationId) }),
});
const received = (lines: readonly ReturnType<typeof back>[], name = 'one') =>
  inventory.hear(returnReceived, {
    ...{ orderId, returnId: asId<'Return'>(`${name} of ${orderId}`) },
    ...{ shipmentId: asId<'Shipment'>('shipment'), sellerId: asId<'User'>('seller') },
    lines: [...lines],
    refund: { minor: 1n, currency: 'GBP' },
  });
const movements = async () =>
  (
    await inventory.prisma.movement.findMany({
      where: { variantId: mug, returnId: { not: null } },
      orderBy: { id: 'asc' },
    })
  ).map(({ kind, delta }) => [kind, delta]);
const newLocation = async (code: string) => {
  const wanted = { sellerId: asId<'User'>('seller'), code, name: code, priority: 1000 };
  const opened = await inventory.app.openLocation(wanted, { ...seller, isSeller: true });
  if (!opened.ok) throw new Error(opened.refusal);
  return opened.events[0]?.id ?? asId<'Location'>('');
};

describe('what a buyer sent back', () => {
  it('can be sold again, or is written off, and what was sold was sold', async () => {
    await sold(4);
    expect(await received([back(2), back(1, 'WRITE_OFF')])).toEqual(ack);
    expect(await inventory.levels(mug)).toEqual([8, 0, 4]);
    expect(await movements()).toEqual([
      ['RETURN', 2],
      ['RETURN', 1],
      ['WRITE_OFF', -1],
    ]);
  });

  it('comes in once, however often it is heard, also at once', async () => {
    await sold(4);
    await Promise.all([received([back(2)]), received([back(2)])]);
    await received([back(2)]);
    expect(await inventory.levels(mug)).toEqual([8, 0, 4]);
    await received([back(1)], 'another');
    expect(await inventory.levels(mug)).toEqual([9, 0, 4]);
  });

  it('may be heard of before its order', async () => {
    await received([back(1)]);
    await sold(4);
    expect(await inventory.levels(mug)).toEqual([7, 0, 4]);
  });

  it('is where its seller says, or at the default location when that is closed or nobody’s', async () => {
    const code = `shelf-${count}`;
    const shelf = await newLocation(code.toUpperCase());
    await sold(4);
    await received([back(1, 'RESTOCK', shelf)]);
    expect(await inventory.levelsAt(mug)).toMatchObject({ [code.toUpperCase()]: [1, 0, 0] });
    await inventory.app.changeLocation(shelf, { name: null, priority: null, active: false }, seller);
    await received([back(1, 'RESTOCK', shelf)], 'another');
    await received([back(1, 'RESTOCK', 'nowhere')], 'a third');
    expect(await inventory.levelsAt(mug)).toMatchObject({
      ...{ [code.toUpperCase()]: [1, 0, 0], DEFAULT: [8, 0, 4] },
    });
  });

  it('is never at another seller’s location', async () => {
    const rival = { id: asId<'User'>('rival'), isSeller: true, isAdmin: false };
    const wanted = { sellerId: rival.id, code: `RIVAL-${count}`, name: 'Theirs', priority: 1 };
    const opened = await inventory.app.openLocation(wanted, rival);
    if (!opened.ok) throw new Error(opened.refusal);
    await sold(4);
    expect(await received([back(1, 'RESTOCK', opened.events[0]?.id)])).toEqual(ack);
    expect(await inventory.levelsAt(mug)).toEqual({ DEFAULT: [7, 0, 4] });
  });

  it('goes to those who wait for it, unless it is written off', async () => {
    await inventory.app.setBackorder(asId(mug), { allowed: true, limit: null }, seller);
    await sold(12);
    expect(await inventory.levels(mug)).toEqual([0, 0, 10]);
    await received([back(1, 'WRITE_OFF')]);
    expect(await inventory.levels(mug)).toEqual([0, 0, 10]);
    await received([back(1)], 'another');
    expect(await inventory.levels(mug)).toEqual([0, 0, 11]);
  });

  it('is a matter for a person when nobody knows what it is', async () => {
    mug = 'unheard-of';
    expect(await received([back(1)])).toMatchObject({ reason: expect.stringContaining('UNKNOWN_VARIANT') });
  });
});
