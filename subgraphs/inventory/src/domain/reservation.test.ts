import { asId } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import {
  type AllocatedLine,
  decide,
  evolve,
  initial,
  type Line,
  type Reservation,
  type ReservationCommand,
  type ReservationEvent,
} from './reservation.ts';

const given = specify({ decide, evolve, initial });

const mug = asId<'Variant'>('mug');
const tea = asId<'Variant'>('tea');
const lines: readonly Line[] = [
  { variantId: tea, quantity: 2 },
  { variantId: mug, quantity: 1 },
  { variantId: tea, quantity: 3 },
];
const [north, south] = [asId<'Location'>('north'), asId<'Location'>('south')];
const summed: readonly AllocatedLine[] = [
  { variantId: mug, quantity: 1, waiting: 0, allocations: [{ locationId: north, quantity: 1 }] },
  {
    variantId: tea,
    quantity: 5,
    waiting: 0,
    allocations: [
      { locationId: north, quantity: 4 },
      { locationId: south, quantity: 1 },
    ],
  },
];
const stocked = (mugs: number, teas: number) =>
  new Map([
    [mug, [{ locationId: north, available: mugs }]],
    [
      tea,
      [
        { locationId: north, available: 4 },
        { locationId: south, available: teas - 4 },
      ],
    ],
  ]);
const place: ReservationCommand = { type: 'Reserve', lines, available: stocked(1, 5), room: new Map() };
const confirm: ReservationCommand = { type: 'Commit' };
const cancel: ReservationCommand = { type: 'Release' };

const reserved: ReservationEvent = { type: 'Reserved', lines: summed };
const rejected: ReservationEvent = {
  type: 'Rejected',
  shortages: [{ variantId: tea, requested: 5, available: 4 }],
};
const committed: ReservationEvent = { type: 'Committed' };
const releasedUnsold: ReservationEvent = { type: 'Released', from: 'reserved' };
const releasedSold: ReservationEvent = { type: 'Released', from: 'sold' };
const closed: ReservationEvent = { type: 'Closed' };

describe('a placed order', () => {
  it('reserves the last units wherever they are, lines of one variant together', () =>
    given().when(place).yields(reserved));
  it('reserves nothing when one variant is short', () =>
    given()
      .when({ ...place, available: stocked(1, 4) })
      .yields(rejected));
  it('waits for what is short when its seller lets it, up to how many may wait', () => {
    given()
      .when({ ...place, available: stocked(1, 4), room: new Map([[tea, 1]]) })
      .yields({
        type: 'Reserved',
        lines: [
          { variantId: mug, quantity: 1, waiting: 0, allocations: [{ locationId: north, quantity: 1 }] },
          { variantId: tea, quantity: 5, waiting: 1, allocations: [{ locationId: north, quantity: 4 }] },
        ],
      });
    given()
      .when({
        ...place,
        available: new Map(),
        room: new Map([
          [tea, 4],
          [mug, 9],
        ]),
      })
      .yields({
        type: 'Rejected',
        shortages: [{ variantId: tea, requested: 5, available: 0 }],
      });
  });
  it('finds none of a variant that inventory has not heard of', () =>
    given()
      .when({ ...place, available: new Map([[tea, [{ locationId: north, available: 5 }]]]) })
      .yields({ type: 'Rejected', shortages: [{ variantId: mug, requested: 1, available: 0 }] }));
  it('names every shortage', () =>
    given()
      .when({ ...place, available: new Map() })
      .yields({
        type: 'Rejected',
        shortages: [
          { variantId: mug, requested: 1, available: 0 },
          { variantId: tea, requested: 5, available: 0 },
        ],
      }));
  it('is heard twice, reserves once', () => given(reserved).when(place).yields());
  it('is heard again after each later step, and reserves no more', () => {
    given(rejected).when(place).yields();
    given(reserved, committed).when(place).yields();
    given(reserved, releasedUnsold).when(place).yields();
    given(reserved, committed, releasedSold).when(place).yields();
  });
  it('that ended before it was heard of reserves nothing', () => given(closed).when(place).yields());
});

describe('a confirmed order', () => {
  it('has bought what it reserved', () => given(reserved).when(confirm).yields(committed));
  it('is heard twice, buys once', () => given(reserved, committed).when(confirm).yields());
  it('that had ended buys nothing', () => {
    given(closed).when(confirm).yields();
    given(reserved, releasedUnsold).when(confirm).yields();
    given(reserved, committed, releasedSold).when(confirm).yields();
  });
  it('that was not placed yet has to wait', () => given().when(confirm).refuses('NOT_HEARD_OF'));
  it('that was refused its stock is a matter for a person', () =>
    given(rejected).when(confirm).refuses('NOTHING_RESERVED'));
});

describe('a failed or cancelled order', () => {
  it('gives back what it reserved', () => given(reserved).when(cancel).yields(releasedUnsold));
  it('gives back what it bought', () => given(reserved, committed).when(cancel).yields(releasedSold));
  it('gives back once', () => {
    given(reserved, releasedUnsold).when(cancel).yields();
    given(reserved, committed, releasedSold).when(cancel).yields();
  });
  it('has nothing to give back when it was rejected', () => given(rejected).when(cancel).yields());
  it('is closed when it comes before placed', () => given().when(cancel).yields(closed));
  it('is closed once', () => given(closed).when(cancel).yields());
});

/** Every way to arrange the items. */
const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((first, index) =>
        permutations(items.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
      );

/** Delivers like the broker: what is refused comes again after the others. */
const deliver = (commands: readonly ReservationCommand[]): Reservation => {
  let state: Reservation = initial;
  let rest = commands;
  for (let round = 0; round <= commands.length; round += 1) {
    rest = rest.filter((command) => {
      const decision = decide(command, state);
      if (decision.ok) state = decision.events.reduce(evolve, state);
      return !decision.ok;
    });
  }
  expect(rest).toEqual([]);
  return state;
};

describe('whatever the order of arrival, and however often', () => {
  it.each(permutations([place, place, confirm, confirm]))('a bought order ends sold', (...commands) => {
    expect(deliver(commands)).toEqual({ status: 'committed' });
  });
  it.each(permutations([place, confirm, cancel, cancel]))(
    'a cancelled order ends holding nothing',
    (...commands) => {
      expect(['released', 'closed']).toContain(deliver(commands).status);
    },
  );
});
