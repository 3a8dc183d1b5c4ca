import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NewShop, openNewShop } from '../new-shop-under-test.ts';
import { admin, buyer, gbp, nobody, rival, seller } from '../test-shop.ts';

const update = `mutation ($input: UpdateVariantInput!) {
  updateVariant(input: $input) {
    ... on Product { version variants { sku title active options { value } } }
    ... on ProductRefusal { code field }
  }
}`;
const look = `query ($id: ID!) {
  product(id: $id) { variants { sku active } }
  products(filter: { maxPrice: { amount: "3", currency: "GBP" } }) { edges { node { id } } }
  inStock: products(filter: { inStock: true }) { edges { node { id } } }
  blue: products(filter: { options: [{ name: "Colour", values: ["Blue"] }] }) { edges { node { id } } }
  search(query: "azure") { totalCount }
}`;

let shop: NewShop;
let productId: string;
let ids: Record<string, string>;
beforeAll(async () => {
  shop = await openNewShop();
});
beforeEach(async () => {
  await shop.clear();
  const option = (value: string) => [{ name: 'Colour', value }];
  [productId = ''] = await shop.offer(seller, [
    {
      title: 'Mug',
      options: ['Colour'],
      variants: [
        { sku: 'BLUE', title: 'Azure', price: gbp('2'), options: option('Blue') },
        { sku: 'RED', price: gbp('5'), options: option('Red') },
      ],
    },
  ]);
  const variants = await shop.prisma.variant.findMany();
  ids = Object.fromEntries(variants.map(({ sku, id }) => [sku, id]));
  await shop.hearStock({ BLUE: true, RED: false }, 1);
});
afterAll(() => shop.close());

const updateAs = async (as: typeof seller, sku: string, changes: object, expectedVersion = 1) => {
  const input = { variantId: ids[sku] ?? sku, expectedVersion, ...changes };
  const { data, errors } = await shop.ask(as, update, { input });
  return errors[0]?.extensions ?? data.updateVariant;
};
const seenBy = async (as: typeof seller) => {
  const { data } = await shop.ask(as, look, { id: productId });
  return {
    skus: data.product.variants.map(({ sku, active }: { sku: string; active: boolean }) =>
      active ? sku : `(${sku})`,
    ),
    found: ['products', 'inStock', 'blue'].map((list) => data[list].edges.length),
    searched: data.search.totalCount,
  };
};

describe('a retired variant', () => {
  it('leaves the catalogue, and is told to be off sale', async () => {
    expect(await seenBy(nobody)).toEqual({ skus: ['BLUE', 'RED'], found: [1, 1, 1], searched: 1 });
    expect(await updateAs(seller, 'BLUE', { active: false })).toMatchObject({ version: 2 });
    expect((await shop.told()).at(-1)).toMatchObject([{ sku: 'BLUE', active: false, version: 2 }]);
    for (const as of [nobody, rival, buyer])
      expect(await seenBy(as)).toEqual({ skus: ['RED'], found: [0, 0, 0], searched: 0 });
    for (const as of [seller, admin]) expect((await seenBy(as)).skus).toEqual(['(BLUE)', 'RED']);
    const source =
      'query ($id: ID!) { _entities(representations: [{ __typename: "ProductVariant", id: $id }]) { __typename } }';
    expect((await shop.ask(nobody, source, { id: ids['BLUE'] })).data).toEqual({ _entities: [null] });
  });

  it('comes back as it was', async () => {
    await updateAs(seller, 'BLUE', { active: false });
    expect(await updateAs(seller, 'BLUE', { active: true }, 2)).toMatchObject({ version: 3 });
    expect(await seenBy(nobody)).toEqual({ skus: ['BLUE', 'RED'], found: [1, 1, 1], searched: 1 });
    expect((await shop.told()).at(-1)).toMatchObject([{ sku: 'BLUE', active: true, version: 3 }]);
  });

  it('stays retired when its product is offered again, keeps its SKU, and makes room for another like it', async () => {
    await updateAs(seller, 'BLUE', { active: false });
    const blue = { sku: 'BLUE-2', price: gbp('4'), options: [{ name: 'Colour', value: 'Blue' }] };
    await shop.offer(seller, [
      {
        title: 'Mug',
        variants: [{ sku: 'BLUE', price: gbp('2.50') }, { sku: 'RED', price: gbp('5') }, blue],
      },
    ]);
    expect((await seenBy(seller)).skus).toEqual(['(BLUE)', 'RED', 'BLUE-2']);
    expect(await updateAs(seller, 'BLUE', { active: true }, 4)).toEqual({
      code: 'OPTIONS_MISMATCH',
      field: 'input.options',
    });
  });

  it('is never the last', async () => {
    await updateAs(seller, 'BLUE', { active: false });
    expect(await updateAs(seller, 'RED', { active: false }, 2)).toEqual({
      code: 'LAST_VARIANT',
      field: 'input.active',
    });
  });
});

describe('a variant', () => {
  it('gets another title and other options', async () => {
    const options = [{ name: 'colour', value: 'Navy' }];
    expect(await updateAs(seller, 'BLUE', { title: ' Deep blue ', options })).toMatchObject({
      variants: [{ title: 'Deep blue', options: [{ value: 'Navy' }] }, { title: 'Red' }],
    });
    expect((await shop.told()).at(-1)).toMatchObject([{ sku: 'BLUE', title: 'Mug, Deep blue' }]);
  });

  it.each([
    [{ title: ' ' }, 'input.title'],
    [{ options: [{ name: 'Colour', value: '' }] }, 'input.options.0.value'],
  ])('is not %j', async (changes, field) =>
    expect(await updateAs(seller, 'BLUE', changes)).toMatchObject({ code: 'BAD_USER_INPUT', field }),
  );

  it('is its seller’s to change, as they saw it', async () => {
    for (const as of [rival, buyer])
      expect(await updateAs(as, 'BLUE', { active: false })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await updateAs(seller, 'no\0such', {})).toMatchObject({ code: 'NOT_FOUND' });
    expect(await updateAs(seller, 'BLUE', { active: false }, 9)).toEqual({
      code: 'VERSION_CONFLICT',
      field: 'input.expectedVersion',
    });
    expect(await updateAs(admin, 'BLUE', { active: false })).toMatchObject({ version: 2 });
  });

  it('has a price in the currency of its product’s others', async () => {
    const source = `mutation ($input: VariantPriceInput!) {
      updateVariantPrice(input: $input) { ... on Product { version } ... on ProductRefusal { code field } }
    }`;
    const euro = { amount: '3', currency: 'EUR' };
    const reprice = async (input: object) =>
      (await shop.ask(seller, source, { input: { variantId: ids['BLUE'], ...input } })).data
        .updateVariantPrice;
    expect(await reprice({ price: euro })).toEqual({ code: 'CURRENCIES_DIFFER', field: 'input.price' });
    expect(await reprice({ price: gbp('3'), expectedVersion: 7 })).toMatchObject({
      code: 'VERSION_CONFLICT',
    });
    const bulk = `mutation ($input: BulkUpsertInput!) {
      bulkUpsertProducts(input: $input) { ... on BulkUpsert { rows { outcome refusal { code field } } } }
    }`;
    const upsert = async (...skus: string[]) => {
      const products = [{ title: 'Mug', variants: skus.map((sku) => ({ sku, price: euro })) }];
      return (await shop.ask(seller, bulk, { input: { products } })).data.bulkUpsertProducts.rows[0];
    };
    expect(await upsert('RED')).toEqual({
      outcome: 'REFUSED',
      refusal: { code: 'CURRENCIES_DIFFER', field: 'input.products.0.variants.0.price' },
    });
    expect(await upsert('RED', 'BLUE')).toEqual({ outcome: 'UPDATED', refusal: null });
    const create = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }';
    const mixed = {
      title: 'X',
      variants: [
        { sku: 'X', price: euro },
        { sku: 'Y', price: gbp('1') },
      ],
    };
    expect((await shop.ask(seller, create, { input: mixed })).errors[0]?.extensions).toMatchObject({
      field: 'input.variants.1.price',
    });
  });
});
