import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { initial } from './reservation.ts';
import { type HeldUnits, type Shelf, serve } from './serve.ts';

const [mug, tea] = [asId<'Variant'>('mug'), asId<'Variant'>('tea')];
const [north, south] = [asId<'Location'>('north'), asId<'Location'>('south')];
const order = (id: string, lines: Record<string, number>, buyer = `buyer of ${id}`) => ({
  orderId: asId<'Order'>(id),
  buyerId: asId<'User'>(buyer),
  lines: Object.entries(lines).map(([variant, quantity]) => ({
    variantId: asId<'Variant'>(variant),
    quantity,
  })),
});
const holds = (holder: string, quantity: number, locationId = north): HeldUnits => ({
  ...{ holderId: asId<'User'>(holder), variantId: mug, locationId, quantity },
});
const shelf = (mugs: [number, number], changed: Partial<Shelf> = {}): Shelf => ({
  available: new Map([
    [
      mug,
      [
        { locationId: north, available: mugs[0] },
        { locationId: south, available: mugs[1] },
      ],
    ],
    [tea, [{ locationId: north, available: 10 }]],
  ]),
  room: new Map(),
  held: [],
  ...changed,
});
const outcomes = ({ happened }: ReturnType<typeof serve>) =>
  happened.map(({ order: { orderId }, event }) => [orderId, event.type]);
const allocated = ({ happened }: ReturnType<typeof serve>) =>
  happened.map(({ event }) =>
    event.type === 'Reserved'
      ? event.lines.flatMap(({ allocations }) =>
          allocations.map(({ locationId, quantity }) => `${quantity} ${locationId}`),
        )
      : event.type,
  );

describe('orders that came together', () => {
  it('find what those before them left: who came first is served first', () => {
    const served = serve(
      [order('a', { mug: 2 }), order('b', { mug: 2 }), order('c', { mug: 1 }), order('d', { mug: 1 })],
      new Map(),
      shelf([3, 1]),
    );
    expect(allocated(served)).toEqual([['2 north'], ['1 north', '1 south'], 'Rejected', 'Rejected']);
    expect(served.rest).toEqual([]);
  });

  it('leave all of it to the next one when they are refused a part', () => {
    const served = serve(
      [order('a', { mug: 5, tea: 10 }), order('b', { tea: 10 })],
      new Map(),
      shelf([4, 0]),
    );
    expect(outcomes(served)).toEqual([
      ['a', 'Rejected'],
      ['b', 'Reserved'],
    ]);
  });

  it('are served once, and not at all when they have ended', () => {
    const closed = new Map([[asId<'Order'>('b'), { status: 'closed' } as const]]);
    const served = serve(
      [order('a', { mug: 1 }), order('a', { mug: 1 }), order('b', { mug: 1 }), order('c', { mug: 3 })],
      closed,
      shelf([4, 0]),
    );
    expect(outcomes(served)).toEqual([
      ['a', 'Reserved'],
      ['c', 'Reserved'],
    ]);
    expect(served.reservations.get(asId<'Order'>('a'))).toEqual({ status: 'reserved' });
    expect(served.reservations.get(asId<'Order'>('d')) ?? initial).toEqual(initial);
  });

  it('wait for no more units than may wait', () => {
    const room = new Map([[mug, 3]]);
    const served = serve(
      [order('a', { mug: 3 }), order('b', { mug: 2 }), order('c', { mug: 1 })],
      new Map(),
      shelf([1, 0], { room }),
    );
    expect(outcomes(served)).toEqual([
      ['a', 'Reserved'],
      ['b', 'Rejected'],
      ['c', 'Reserved'],
    ]);
  });

  it('take over what their buyers hold, once, and nobody else’s', () => {
    const held = [holds('ada', 1, south), holds('ada', 1, asId('closed')), holds('bob', 5)];
    const served = serve(
      [order('a', { mug: 2 }, 'ada'), order('b', { mug: 1 }, 'ada')],
      new Map(),
      shelf([1, 0], { held }),
    );
    expect(allocated(served)).toEqual([['1 north', '1 south'], 'Rejected']);
    expect(served.handedOver).toEqual(held.slice(0, 2));
  });

  it('that leave more than they found are the last of their turn', () => {
    const held = [holds('ada', 3)];
    const orders = [order('a', { mug: 1 }), order('b', { mug: 2 }, 'ada'), order('c', { mug: 1 })];
    const served = serve(orders, new Map(), shelf([1, 0], { held }));
    expect(outcomes(served)).toEqual([
      ['a', 'Reserved'],
      ['b', 'Reserved'],
    ]);
    expect(served.rest).toEqual(orders.slice(2));
  });
});
