import { variantsChanged } from '@emporium/contracts';
import type { Role, Viewer } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { type ExecutionResult, type GraphQLSchema, graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { adjustment, createTestInventory, seller, type TestInventory, variant } from '../test-inventory.ts';
import { createContext } from './context.ts';
import { createSchema } from './create-schema.ts';

let inventory: TestInventory;
let schema: GraphQLSchema;
let count = 0;
let mug: string;

beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
  schema = await createSchema();
});
afterAll(() => inventory.stop());
beforeEach(async () => {
  count += 1;
  mug = `mug-${count}`;
  await inventory.stock({ [mug]: 10 });
});

const viewer = (id: string | null, ...roles: Role[]): Viewer => ({ id, roles, address: null });
const anybody = viewer(null);
const owner = viewer(seller.id, 'BUYER', 'SELLER');
const admin = viewer('admin', 'ADMIN');

const ask = (source: string, as: Viewer, variableValues: Record<string, unknown> = {}) =>
  graphql({ schema, source, variableValues, contextValue: createContext(inventory.app, as) });

const availabilityOf = async (as: Viewer, ...ids: string[]) => {
  const { data, errors } = await ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ProductVariant { id availability { available inStock } } } }`,
    as,
    { of: ids.map((id) => ({ __typename: 'ProductVariant', id })) },
  );
  expect(errors).toBeUndefined();
  return (data as { _entities: { availability: unknown }[] })._entities.map(
    ({ availability }) => availability,
  );
};

const hide = (id: string) =>
  inventory.hear(variantsChanged, { variants: [variant(id, { active: false, version: 2 })] });

describe('availability', () => {
  it('is public, and null for what nobody has heard of', async () => {
    await inventory.stock({ [`${mug}-none`]: 0 });
    expect(
      await availabilityOf(anybody, mug, 'unheard-of', `${mug}-none`, 'a\0b', 'x'.repeat(500)),
    ).toEqual([{ available: 10, inStock: true }, null, { available: 0, inStock: false }, null, null]);
  });

  it('of what is not on sale is its seller’s and the administrators’ to see', async () => {
    await hide(mug);
    expect(await availabilityOf(anybody, mug)).toEqual([null]);
    expect(await availabilityOf(viewer('stranger', 'SELLER'), mug)).toEqual([null]);
    expect(await availabilityOf(owner, mug)).toEqual([{ available: 10, inStock: true }]);
    expect(await availabilityOf(admin, mug)).toEqual([{ available: 10, inStock: true }]);
  });

  it('is looked up for a whole list at once', async () => {
    const find = vi.spyOn(inventory.app, 'findAvailability');
    await availabilityOf(anybody, mug, mug, 'unheard-of');
    expect(find.mock.calls.map(([ids]) => ids)).toEqual([[mug, 'unheard-of']]);
  });
});

const adjustStock = (as: Viewer, changed: Record<string, unknown> = {}) =>
  ask(
    `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) {
      __typename
      ... on ProductVariant { id availability { available } }
      ... on AdjustStockRefusal { code message }
    } }`,
    as,
    {
      input: {
        variantId: mug,
        delta: -3,
        reason: 'broken',
        idempotencyKey: `graphql-${count}`,
        ...changed,
      },
    },
  );

describe('adjustStock', () => {
  it('answers the variant with its new stock, and the same when sent again', async () => {
    const answer = {
      adjustStock: { __typename: 'ProductVariant', id: mug, availability: { available: 7 } },
    };
    expect(await adjustStock(owner)).toEqual({ data: answer });
    expect(await adjustStock(owner)).toEqual({ data: answer });
    expect((await adjustStock(owner, { delta: -4 })).data).toMatchObject({
      adjustStock: { code: 'IDEMPOTENCY_MISMATCH' },
    });
  });

  it.each([
    ['NOT_FOUND', viewer('stranger', 'SELLER'), {}],
    ['NOT_FOUND', owner, { variantId: 'unheard-of' }],
    ['NOT_FOUND', owner, { variantId: 'a\0b' }],
    ['INSUFFICIENT_STOCK', owner, { delta: -11 }],
  ])('is refused with %s', async (code, as, changed) => {
    const { data } = await adjustStock(as, changed);
    expect(data).toMatchObject({ adjustStock: { __typename: 'AdjustStockRefusal', code } });
    expect(await inventory.levels(mug)).toEqual([10, 0, 0]);
  });

  it.each([
    ['input.delta', { delta: 0 }],
    ['input.delta', { delta: 1_000_001 }],
    ['input.delta', { delta: 1, kind: 'WRITE_OFF' }],
    ['input.reason', { reason: '  ' }],
    ['input.reason', { reason: 'x'.repeat(201) }],
    ['input.idempotencyKey', { idempotencyKey: '' }],
    ['input.idempotencyKey', { idempotencyKey: 'a\0b' }],
  ])('does not take a bad %s: %o', async (field, changed) => {
    const { data, errors } = await adjustStock(owner, changed);
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field });
  });

  it('is for those who are signed in', async () => {
    expect((await adjustStock(anybody)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('locations', () => {
  const levelsOf = async (as: Viewer) => {
    const { data } = await ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) {
        ... on ProductVariant { stockLevels { location { locationCode isDefault } available reserved sold } }
        ... on Seller { stockLocations { locationCode name active priority } }
      } }`,
      as,
      {
        of: [
          { __typename: 'ProductVariant', id: mug },
          { __typename: 'Seller', id: seller.id },
        ],
      },
    );
    return (data as { _entities: unknown })._entities;
  };

  it('and what is where are for the seller, SUPPORT and administrators', async () => {
    const shown = [
      {
        stockLevels: [
          { location: { locationCode: 'DEFAULT', isDefault: true }, available: 10, reserved: 0, sold: 0 },
        ],
      },
      {
        stockLocations: [
          { locationCode: 'DEFAULT', name: 'Default location', active: true, priority: 100 },
        ],
      },
    ];
    for (const as of [owner, admin, viewer('helper', 'SUPPORT')]) expect(await levelsOf(as)).toEqual(shown);
    for (const as of [anybody, viewer('stranger', 'SELLER')]) {
      expect(await levelsOf(as)).toEqual([{ stockLevels: null }, { stockLocations: null }]);
    }
  });

  const create = (as: Viewer, changed: Record<string, unknown> = {}) =>
    ask(
      `mutation ($input: CreateStockLocationInput!) { createStockLocation(input: $input) {
        ... on StockLocation { id locationCode name priority active isDefault }
        ... on StockLocationRefusal { code }
      } }`,
      as,
      { input: { locationCode: 'NORTH', name: ' North ', ...changed } },
    );
  const update = (as: Viewer, input: Record<string, unknown>) =>
    ask(
      `mutation ($input: UpdateStockLocationInput!) { updateStockLocation(input: $input) {
        ... on StockLocation { name priority active }
        ... on StockLocationRefusal { code }
      } }`,
      as,
      { input },
    );

  it('are made, renamed and closed', async () => {
    const somebody = viewer(`seller of ${mug}`, 'SELLER');
    const { data } = await create(somebody);
    expect(data).toEqual({
      createStockLocation: {
        id: expect.any(String),
        locationCode: 'NORTH',
        name: 'North',
        priority: 100,
        active: true,
        isDefault: false,
      },
    });
    const { id } = (data as { createStockLocation: { id: string } }).createStockLocation;
    expect((await update(somebody, { locationId: id, name: 'Leeds', active: false })).data).toEqual({
      updateStockLocation: { name: 'Leeds', priority: 100, active: false },
    });
    expect((await update(owner, { locationId: id, name: 'Mine' })).data).toEqual({
      updateStockLocation: { code: 'NOT_FOUND' },
    });
    expect((await create(viewer('buyer', 'BUYER'))).data).toEqual({
      createStockLocation: { code: 'NOT_A_SELLER' },
    });
  });

  it.each([
    ['input.locationCode', { locationCode: 'north' }],
    ['input.locationCode', { locationCode: '' }],
    ['input.name', { name: ' ' }],
    ['input.priority', { priority: -1 }],
    ['input.priority', { priority: 10_001 }],
  ])('do not take a bad %s: %o', async (field, changed) => {
    expect((await create(owner, changed)).errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field,
    });
  });

  it.each([
    ['LOCATION_NOT_FOUND', 'unheard-of'],
    ['LOCATION_NOT_FOUND', 'a\0b'],
  ])('refuse stock with %s: %o', async (code, locationId) => {
    expect((await adjustStock(owner, { locationId })).data).toMatchObject({ adjustStock: { code } });
  });
});

const bulkAdjustStock = (as: Viewer, adjustments: unknown[]) =>
  ask(
    `mutation ($input: BulkAdjustStockInput!) { bulkAdjustStock(input: $input) { results {
      ... on ProductVariant { id availability { available } }
      ... on AdjustStockRefusal { code }
    } } }`,
    as,
    { input: { adjustments } },
  );

describe('bulkAdjustStock', () => {
  const row = (variantId: string, delta: number) => ({ ...adjustment(variantId, delta), kind: 'RECEIPT' });

  it('answers each row by itself, in order', async () => {
    const { data } = await bulkAdjustStock(owner, [row('unheard-of', 1), row(mug, 5)]);
    expect(data).toEqual({
      bulkAdjustStock: { results: [{ code: 'NOT_FOUND' }, { id: mug, availability: { available: 15 } }] },
    });
  });

  it('takes 1 to 500 rows, and none when one of them is bad', async () => {
    const bad = async (adjustments: unknown[]) =>
      (await bulkAdjustStock(owner, adjustments)).errors?.[0]?.extensions.field;
    expect(await bad([])).toBe('input.adjustments');
    expect(await bad(Array.from({ length: 501 }, () => row(mug, 1)))).toBe('input.adjustments');
    expect(await bad([row(mug, 1), row(mug, 0)])).toBe('input.adjustments.1.delta');
    expect(await inventory.levels(mug)).toEqual([10, 0, 0]);
  });
});

const watch = (as: Viewer, variantId: string) =>
  subscribe({
    schema,
    document: parse(
      `subscription ($id: ID!) { stockChanged(variantId: $id) { id availability { available inStock } } }`,
    ),
    variableValues: { id: variantId },
    contextValue: createContext(inventory.app, as),
  });

describe('stockChanged', () => {
  it('shows the present stock first, then each change, and leaves nothing behind', async () => {
    const feed = (await watch(anybody, mug)) as AsyncGenerator<ExecutionResult>;
    const first = await feed.next();
    expect(first.value.data).toEqual({
      stockChanged: { id: mug, availability: { available: 10, inStock: true } },
    });
    const second = feed.next();
    await inventory.app.adjustStock([adjustment(mug, -10)], seller);
    expect((await second).done).toBe(false);
    await feed.return(undefined);
    expect(inventory.listeners()).toBe(0);
  });

  it.each(['unheard-of', 'a\0b'])('does not find %o', async (id) => {
    expect(await watch(admin, id)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  it('does not find what is not on sale, for anyone but its seller and administrators', async () => {
    await hide(mug);
    expect(await watch(anybody, mug)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    for (const as of [owner, admin]) {
      const feed = (await watch(as, mug)) as AsyncGenerator<ExecutionResult>;
      expect((await feed.next()).done).toBe(false);
      await feed.return(undefined);
    }
  });
});
