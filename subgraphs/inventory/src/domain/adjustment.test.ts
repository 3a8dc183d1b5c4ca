import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import {
  type AdjustableStock,
  type Adjustment,
  type AdjustmentState,
  decide,
  decideAll,
  directionFits,
  highestReceived,
} from './adjustment.ts';

const mug = asId<'Variant'>('mug');
const seller = { id: 'seller', isAdmin: false };
const [home, shed] = [asId<'Location'>('home'), asId<'Location'>('shed')];
const locationsOf = (sellerId: string) => [
  { id: home, sellerId: asId<'User'>(sellerId), active: true, isDefault: true },
  { id: shed, sellerId: asId<'User'>(sellerId), active: true, isDefault: false },
];
const add: Adjustment = {
  variantId: mug,
  locationId: null,
  delta: 5,
  kind: 'RECEIPT',
  reason: 'delivery',
  idempotencyKey: 'k1',
};
const take = (delta: number, idempotencyKey = 'k2'): Adjustment => ({
  variantId: mug,
  locationId: null,
  delta: -delta,
  kind: 'WRITE_OFF',
  reason: 'broken',
  idempotencyKey,
});
const stockOf = (available: number, changed: Partial<AdjustableStock> = {}): AdjustmentState['stock'] =>
  new Map([
    [
      mug,
      {
        sellerId: asId<'User'>('seller'),
        maySell: true,
        available: new Map([[home, available]]),
        received: 10,
        ...changed,
      },
    ],
  ]);
const having = (available: number, ...earlier: Adjustment[]): AdjustmentState => ({
  stock: stockOf(available),
  locations: [...locationsOf('rival'), ...locationsOf('seller')],
  earlier: new Map(earlier.map((each) => [each.idempotencyKey, { ...each, locationId: home }])),
});

const granted = { ok: true, events: [{ ...add, locationId: home }] };
const refused = (refusal: string) => ({ ok: false, refusal });

describe('an adjustment', () => {
  it('takes place for the seller and for an administrator', () => {
    expect(decide(add, seller, having(0))).toEqual(granted);
    expect(decide(add, { id: 'admin', isAdmin: true }, having(0))).toEqual(granted);
  });
  it('does not find what is unknown or foreign', () => {
    expect(decide(add, { id: 'other', isAdmin: false }, having(0))).toEqual(refused('NOT_FOUND'));
    expect(decide({ ...add, variantId: asId<'Variant'>('cup') }, seller, having(0))).toEqual(
      refused('NOT_FOUND'),
    );
  });
  it('is not for a suspended seller, and for an administrator it is', () => {
    const suspended = stockOf(5, { maySell: false });
    const state = (...earlier: Adjustment[]) => ({ ...having(5, ...earlier), stock: suspended });
    expect(decide(add, seller, state())).toEqual(refused('SELLER_SUSPENDED'));
    expect(decide(add, { id: 'other', isAdmin: false }, state())).toEqual(refused('NOT_FOUND'));
    expect(decide(add, { id: 'admin', isAdmin: true }, state())).toEqual(granted);
    // What took place before can be asked for again, and nothing happens.
    expect(decide(add, seller, state(add))).toEqual({ ok: true, events: [] });
  });
  it('may take the last unit, and no more', () => {
    expect(decide(take(3), seller, having(3)).ok).toBe(true);
    expect(decide(take(4), seller, having(3))).toEqual(refused('INSUFFICIENT_STOCK'));
  });
  it('stops where a count could overflow', () => {
    const full = stockOf(0, { received: highestReceived });
    expect(decide(add, seller, { ...having(0), stock: full })).toEqual(refused('STOCK_LIMIT_REACHED'));
  });
  it('takes place once per key, even when there is no stock left for a second time', () => {
    expect(decide(take(3), seller, having(0, take(3)))).toEqual({ ok: true, events: [] });
  });
  it.each([
    { delta: 6 },
    { kind: 'RETURN' as const },
    { reason: 'another' },
    { variantId: asId<'Variant'>('cup') },
    { locationId: shed },
  ])('is refused when its key stands for another: %o', (changed) => {
    expect(decide({ ...add, ...changed }, seller, having(0, add))).toEqual(refused('IDEMPOTENCY_MISMATCH'));
  });
});

describe('where an adjustment takes place', () => {
  it('is the default location, or the one that is named', () => {
    expect(decide({ ...add, locationId: shed }, seller, having(0))).toEqual({
      ok: true,
      events: [{ ...add, locationId: shed }],
    });
    // The default location by its name is the same change.
    expect(decide({ ...add, locationId: home }, seller, having(0, add))).toEqual({ ok: true, events: [] });
  });
  it('is found among the variant’s seller’s own', () => {
    const elsewhere = asId<'Location'>('elsewhere');
    const foreign = { id: elsewhere, sellerId: asId<'User'>('rival'), active: true, isDefault: false };
    const state = { ...having(0), locations: [foreign, ...locationsOf('seller')] };
    expect(decide({ ...add, locationId: elsewhere }, seller, state)).toEqual(refused('LOCATION_NOT_FOUND'));
  });
  it('is active, unless something is taken away', () => {
    const closed = locationsOf('seller').map((each) => ({ ...each, active: each.isDefault }));
    expect(decide({ ...add, locationId: shed }, seller, { ...having(0), locations: closed })).toEqual(
      refused('LOCATION_INACTIVE'),
    );
    const stock = stockOf(0, { available: new Map([[shed, 2]]) });
    const left = { ...having(0), stock, locations: closed };
    expect(decide({ ...take(1), kind: 'WRITE_OFF', locationId: shed }, seller, left)).toMatchObject({
      ok: true,
    });
  });
  it('has what is taken away, whatever there is elsewhere', () =>
    expect(decide({ ...take(1), locationId: shed }, seller, having(3))).toEqual(
      refused('INSUFFICIENT_STOCK'),
    ));
});

describe('many adjustments', () => {
  it('see what those before them did, and a refused one does nothing', () => {
    const decisions = decideAll(
      [take(4, 'a'), add, take(8, 'b'), take(7, 'c'), take(1, 'd')],
      seller,
      having(3),
    );
    expect(decisions.map((decision) => (decision.ok ? 'ok' : decision.refusal))).toEqual([
      'INSUFFICIENT_STOCK',
      'ok',
      'ok',
      'INSUFFICIENT_STOCK',
      'INSUFFICIENT_STOCK',
    ]);
  });
  it('may hold the same one twice', () => {
    expect(decideAll([add, add, { ...add, delta: 9 }], seller, having(0))).toEqual([
      granted,
      { ok: true, events: [] },
      refused('IDEMPOTENCY_MISMATCH'),
    ]);
  });
});

describe('the kind of a movement', () => {
  it('says which way goods go', () => {
    expect([
      directionFits('RECEIPT', 1),
      directionFits('RETURN', 1),
      directionFits('WRITE_OFF', -1),
    ]).toEqual([true, true, true]);
    expect([
      directionFits('RECEIPT', -1),
      directionFits('RETURN', -1),
      directionFits('WRITE_OFF', 1),
    ]).toEqual([false, false, false]);
    expect([directionFits('ADJUSTMENT', 1), directionFits('ADJUSTMENT', -1)]).toEqual([true, true]);
  });
});
