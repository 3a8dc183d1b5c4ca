/** A part of an order is called off: its units go back, once, in whatever order that is heard with the rest. */
import { linesCancelled, orderCancelled, orderConfirmed, orderPlaced } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { ack } from '@emporium/messaging';
import { testDatabase } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adjustment, createTestInventory, seller, type TestInventory } from '../test-inventory.ts';

let inventory: TestInventory;
let count = 0;
let mug: string;
let tea: string;
let orderId: ReturnType<typeof asId<'Order'>>;

beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
});
afterAll(() => inventory.stop());
beforeEach(async () => {
  count += 1;
  mug = `mug-${count}`;
  tea = `tea-${count}`;
  orderId = asId(`order-${count}`);
  await inventory.stock({ [mug]: 10, [tea]: 10 });
});
afterEach(async () => {
  expect(await inventory.findings()).toEqual([]);
});

const linesFrom = (lines: Record<string, number>) =>
  Object.entries(lines).map(([id, quantity]) => ({ variantId: asId<'Variant'>(id), quantity }));
const placed = (lines: Record<string, number>) =>
  inventory.hear(orderPlaced, {
    orderId,
    buyerId: asId<'User'>('buyer'),
    total: { minor: 100n, currency: 'GBP' },
    lines: linesFrom(lines).map((line) => ({ ...line, sellerId: asId<'User'>('seller') })),
  });
const confirmed = () => inventory.hear(orderConfirmed, { orderId });
const cancelled = () => inventory.hear(orderCancelled, { orderId });
const calledOff = (lines: Record<string, number>, cause = 'one') =>
  inventory.hear(linesCancelled, {
    ...{ orderId, shipmentId: asId<'Shipment'>('shipment'), sellerId: asId<'User'>('seller') },
    cancellationId: asId<'Cancellation'>(`${cause} of ${orderId}`),
    refund: { minor: 1n, currency: 'GBP' },
    lines: linesFrom(lines),
  });

describe('what is called off of an order', () => {
  it('is available again, and the rest stays sold', async () => {
    await placed({ [mug]: 4, [tea]: 2 });
    await confirmed();
    expect(await calledOff({ [mug]: 3 })).toEqual(ack);
    expect(await inventory.levels(mug)).toEqual([9, 0, 1]);
    expect(await inventory.levels(tea)).toEqual([8, 0, 2]);
  });

  it('goes back once, however often it is heard', async () => {
    await placed({ [mug]: 4 });
    await confirmed();
    await calledOff({ [mug]: 2 });
    await calledOff({ [mug]: 2 });
    expect(await inventory.levels(mug)).toEqual([8, 0, 2]);
    await calledOff({ [mug]: 1 }, 'another');
    expect(await inventory.levels(mug)).toEqual([9, 0, 1]);
  });

  it('may be heard before the order is confirmed', async () => {
    await placed({ [mug]: 4 });
    await calledOff({ [mug]: 1 });
    expect(await inventory.levels(mug)).toEqual([7, 3, 0]);
    await confirmed();
    expect(await inventory.levels(mug)).toEqual([7, 0, 3]);
  });

  it('and then all of it goes back whole, in either order', async () => {
    await placed({ [mug]: 4 });
    await confirmed();
    await calledOff({ [mug]: 1 });
    await cancelled();
    expect(await inventory.levels(mug)).toEqual([10, 0, 0]);
    expect(await calledOff({ [mug]: 3 }, 'late')).toEqual(ack);
    expect(await inventory.levels(mug)).toEqual([10, 0, 0]);
  });

  it('is tried again until the order is heard of, and a matter for a person when it is more than there is', async () => {
    await expect(calledOff({ [mug]: 1 })).rejects.toThrow('before it was placed');
    await placed({ [mug]: 1 });
    expect(await calledOff({ [mug]: 2 })).toMatchObject({ reason: expect.stringContaining('NOT_HELD') });
    expect(await inventory.levels(mug)).toEqual([9, 1, 0]);
  });

  it('is first of all what had not come, and orders hear that they wait for less', async () => {
    await inventory.app.setBackorder(asId(mug), { allowed: true, limit: null }, seller);
    await placed({ [mug]: 12 });
    await confirmed();
    await calledOff({ [mug]: 3 });
    expect(await inventory.levels(mug)).toEqual([1, 0, 9]);
    const told = (await inventory.sent()).filter(({ subject }) => subject.includes('backorder-filled'));
    expect(told.at(-1)?.payload).toEqual({ orderId, lines: [{ variantId: mug, waiting: 0 }] });
    await inventory.app.adjustStock([adjustment(mug, 5)], seller);
    expect(await inventory.levels(mug)).toEqual([6, 0, 9]);
  });
});
