import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { fill, roomFor } from './backorder.ts';

const [north, south] = [asId<'Location'>('north'), asId<'Location'>('south')];
const waits = (id: string, waiting: number) => ({ orderId: asId<'Order'>(id), waiting });
const at = (...units: number[]) =>
  units.map((available, index) => ({ locationId: index === 0 ? north : south, available }));

describe('what comes', () => {
  it('goes to the oldest first, from wherever it is', () =>
    expect(fill([waits('old', 3), waits('young', 3)], at(2, 2))).toEqual([
      {
        orderId: 'old',
        waiting: 0,
        allocations: [
          { locationId: north, quantity: 2 },
          { locationId: south, quantity: 1 },
        ],
      },
      { orderId: 'young', waiting: 2, allocations: [{ locationId: south, quantity: 1 }] },
    ]));
  it('is left over when nobody waits for more', () =>
    expect(fill([waits('old', 1)], at(5))).toEqual([
      { orderId: 'old', waiting: 0, allocations: [{ locationId: north, quantity: 1 }] },
    ]));
  it('is nothing when there is nothing', () => {
    expect(fill([waits('old', 1)], at(0, 0))).toEqual([]);
    expect(fill([], at(3))).toEqual([]);
  });
});

describe('how many more may wait', () => {
  it.each([
    [{ allowed: false, limit: null }, 0, 0],
    [{ allowed: true, limit: null }, 1_000_000, Number.POSITIVE_INFINITY],
    [{ allowed: true, limit: 5 }, 3, 2],
    [{ allowed: true, limit: 5 }, 5, 0],
    [{ allowed: true, limit: 2 }, 5, 0],
  ])('%j, of which %i are taken', (terms, waiting, room) => expect(roomFor(terms, waiting)).toBe(room));
});
