import { variantsChanged } from '@emporium/contracts';
import { asId } from '@emporium/domain';
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

  it('run low where their seller, SUPPORT and administrators see it, a page at a time', async () => {
    const lowOf = async (as: Viewer, after: string | null = null) => {
      const { data } = await ask(
        `query ($of: [_Any!]!, $after: String) { _entities(representations: $of) {
          ... on Seller { lowStock(first: 1, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } }
        } }`,
        as,
        { of: [{ __typename: 'Seller', id: seller.id }], after },
      );
      return (data as { _entities: { lowStock: unknown }[] })._entities[0]?.lowStock as {
        edges: { node: { id: string } }[];
        pageInfo: { endCursor: string; hasNextPage: boolean };
      } | null;
    };
    expect(await lowOf(owner)).toMatchObject({ edges: [], pageInfo: { hasNextPage: false } });
    const other = `${mug}-z`;
    await inventory.stock({ [other]: 3, [`${mug}-plenty`]: 50 });
    for (const id of [mug, other, `${mug}-plenty`])
      await inventory.app.setThreshold(asId<'Variant'>(id), 11, seller);
    for (const as of [owner, admin, viewer('helper', 'SUPPORT')]) {
      const first = await lowOf(as);
      expect(first).toMatchObject({ edges: [{ node: { id: mug } }], pageInfo: { hasNextPage: true } });
      expect(await lowOf(as, first?.pageInfo.endCursor)).toMatchObject({
        edges: [{ node: { id: other } }],
        pageInfo: { hasNextPage: false },
      });
    }
    for (const as of [anybody, viewer('stranger', 'SELLER')]) expect(await lowOf(as)).toBeNull();
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

describe('stockMovements', () => {
  const movements = async (as: Viewer, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await ask(
      `query ($id: ID!, $first: Int, $after: String) { stockMovements(variantId: $id, first: $first, after: $after) {
        edges { node { kind delta reason location { locationCode } } } pageInfo { hasNextPage endCursor }
      } }`,
      as,
      { id: mug, ...variables },
    );
    type Page = { edges: { node: object }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    return { page: (data as { stockMovements: Page | null } | null)?.stockMovements, errors };
  };

  it('are paged, the newest first', async () => {
    for (const delta of [-1, -2, -3]) await inventory.app.adjustStock([adjustment(mug, delta)], seller);
    const seen: unknown[] = [];
    let after: string | null = null;
    for (let hasNextPage = true; hasNextPage; ) {
      const { page } = await movements(owner, { first: 3, after });
      seen.push(...(page?.edges ?? []).map(({ node }) => node));
      hasNextPage = page?.pageInfo.hasNextPage ?? false;
      after = page?.pageInfo.endCursor ?? null;
    }
    const one = (delta: number) => ({
      kind: 'ADJUSTMENT',
      delta,
      reason: 'counted',
      location: { locationCode: 'DEFAULT' },
    });
    expect(seen).toEqual([one(-3), one(-2), one(-1), { ...one(10), kind: 'RECEIPT' }]);
  });

  it('are for the seller, SUPPORT and administrators', async () => {
    for (const as of [admin, viewer('helper', 'SUPPORT')]) {
      expect((await movements(as)).page?.edges).toHaveLength(1);
    }
    for (const as of [anybody, viewer('stranger', 'SELLER')]) expect((await movements(as)).page).toBeNull();
    expect((await movements(owner, { id: 'a\0b' })).page).toBeNull();
    expect((await movements(owner, { first: 101 })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('setBackorder', () => {
  const fields = 'availability { backorderable } backorder { allowed limit waiting }';
  const set = (as: Viewer, allowed: boolean, limit: number | null = null) =>
    ask(
      `mutation ($input: BackorderInput!) { setBackorder(input: $input) {
        ... on ProductVariant { ${fields} }
        ... on BackorderRefusal { code }
      } }`,
      as,
      { input: { variantId: mug, allowed, limit } },
    );

  it('lets more be ordered than there is, and no more, for the seller', async () => {
    const answers = [
      await set(owner, true, 3),
      await set(owner, true),
      await set(owner, false),
      await set(viewer('stranger'), true),
    ];
    expect(answers.map(({ data }) => data?.setBackorder)).toEqual([
      { availability: { backorderable: true }, backorder: { allowed: true, limit: 3, waiting: 0 } },
      { availability: { backorderable: true }, backorder: { allowed: true, limit: null, waiting: 0 } },
      { availability: { backorderable: false }, backorder: { allowed: false, limit: null, waiting: 0 } },
      { code: 'NOT_FOUND' },
    ]);
  });

  it.each([
    [true, 0],
    [true, -1],
    [true, 1_000_001],
    [false, 1],
  ])('does not take %s with a limit of %i', async (allowed, limit) =>
    expect((await set(owner, allowed, limit)).errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'input.limit',
    }),
  );

  it('is nobody else’s to see', async () => {
    const variant = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on ProductVariant { ${fields} }
    } }`;
    const { data } = await ask(variant, anybody, {
      representations: [{ __typename: 'ProductVariant', id: mug }],
    });
    expect(data?._entities).toEqual([{ availability: { backorderable: false }, backorder: null }]);
  });
});

describe('setLowStockThreshold', () => {
  const set = (as: Viewer, threshold: number | null) =>
    ask(
      `mutation ($input: LowStockThresholdInput!) { setLowStockThreshold(input: $input) {
        ... on ProductVariant { lowStockThreshold }
        ... on LowStockThresholdRefusal { code }
      } }`,
      as,
      { input: { variantId: mug, threshold } },
    );

  it('sets and takes away, for the seller', async () => {
    const answers = [await set(owner, 3), await set(owner, null), await set(viewer('stranger'), 3)];
    expect(answers.map(({ data }) => data?.setLowStockThreshold)).toEqual([
      { lowStockThreshold: 3 },
      { lowStockThreshold: null },
      { code: 'NOT_FOUND' },
    ]);
  });

  it.each([0, -1, 1_000_001])('does not take %i', async (threshold) =>
    expect((await set(owner, threshold)).errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'input.threshold',
    }),
  );
});

describe('reserveStock', () => {
  const reserve = (as: Viewer, changed: Record<string, unknown> = {}) =>
    ask(
      `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) {
        ... on StockReservation { id quantity state expiresAt variant { id availability { available } } }
        ... on StockReservationRefusal { code }
      } }`,
      as,
      { input: { variantId: mug, quantity: 4, idempotencyKey: mug, ...changed } },
    );
  const release = (as: Viewer, id: unknown) =>
    ask(
      `mutation ($id: ID!) { releaseReservation(reservationId: $id) {
        ... on StockReservation { state variant { availability { available } } }
        ... on StockReservationRefusal { code }
      } }`,
      as,
      { id },
    );

  it('keeps units until they are released', async () => {
    const buyer = viewer('buyer', 'BUYER');
    const { data } = await reserve(buyer);
    expect(data?.reserveStock).toMatchObject({
      quantity: 4,
      state: 'ACTIVE',
      variant: { id: mug, availability: { available: 6 } },
    });
    const { id } = (data as { reserveStock: { id: string } }).reserveStock;
    expect((await release(viewer('stranger'), id)).data?.releaseReservation).toEqual({ code: 'NOT_FOUND' });
    expect((await release(buyer, id)).data?.releaseReservation).toEqual({
      state: 'RELEASED',
      variant: { availability: { available: 10 } },
    });
  });

  it.each([
    ['input.quantity', { quantity: 0 }],
    ['input.quantity', { quantity: 100_001 }],
    ['input.idempotencyKey', { idempotencyKey: ' ' }],
  ])('does not take a bad %s: %o', async (field, changed) =>
    expect((await reserve(viewer('buyer'), changed)).errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field,
    }),
  );

  it('is for those who are signed in and buy', async () => {
    expect((await reserve(anybody)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await reserve(viewer('helper', 'SUPPORT'))).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

const bulkAdjustStock = (as: Viewer, adjustments: unknown[]) =>
  ask(
    `mutation ($input: BulkAdjustStockInput!) { bulkAdjustStock(input: $input) { results {
      ... on ProductVariant { id availability { available } }
      ... on AdjustStockRefusal { code field }
    } } }`,
    as,
    { input: { adjustments } },
  );

describe('bulkAdjustStock', () => {
  const row = (variantId: string, delta: number) => ({ ...adjustment(variantId, delta), kind: 'RECEIPT' });

  it('answers each row by itself, in order', async () => {
    const { data } = await bulkAdjustStock(owner, [row('unheard-of', 1), row(mug, 5)]);
    expect(data).toEqual({
      bulkAdjustStock: {
        results: [
          { code: 'NOT_FOUND', field: null },
          { id: mug, availability: { available: 15 } },
        ],
      },
    });
  });

  it('takes 1 to 500 rows', async () => {
    const bad = async (adjustments: unknown[]) =>
      (await bulkAdjustStock(owner, adjustments)).errors?.[0]?.extensions.field;
    expect(await bad([])).toBe('input.adjustments');
    expect(await bad(Array.from({ length: 501 }, () => row(mug, 1)))).toBe('input.adjustments');
  });

  it('says of each row what is wrong with it, and carries out the rest', async () => {
    const { data, errors } = await bulkAdjustStock(owner, [
      row(mug, 0),
      row(mug, 1),
      row(mug, -1),
      { ...row(mug, 1), reason: ' ' },
      { ...row(mug, 1), idempotencyKey: 'a\nb' },
      row(mug, 2_000_000),
      row(mug, 2),
    ]);
    expect(errors).toBeUndefined();
    const bad = (field: string) => ({ code: 'BAD_VALUE', field: `input.adjustments.${field}` });
    expect(data).toMatchObject({
      bulkAdjustStock: {
        results: [
          bad('0.delta'),
          { id: mug },
          bad('2.delta'),
          bad('3.reason'),
          bad('4.idempotencyKey'),
          bad('5.delta'),
          { id: mug },
        ],
      },
    });
    expect(await inventory.levels(mug)).toEqual([13, 0, 0]);
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
