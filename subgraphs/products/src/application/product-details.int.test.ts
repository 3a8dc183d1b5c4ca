import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gbp, nobody, openShop, rival, type Shop, seller } from '../test-shop.ts';

const shown = `id version tags specifications { name value } options
  variants { id sku title options { name value } }`;
const create = `mutation ($input: CreateProductInput!) {
  createProduct(input: $input) { ... on Product { ${shown} } ... on ProductRefusal { code } } }`;
const update = `mutation ($input: UpdateProductInput!) {
  updateProduct(input: $input) { ... on Product { ${shown} } ... on ProductRefusal { code } } }`;
const bulk = `mutation ($input: BulkUpsertInput!) { bulkUpsertProducts(input: $input) {
  ... on BulkUpsert { rows { outcome refusal { code } product { ${shown} } } } } }`;

const option = (size: string, colour: string) => [
  { name: 'Size', value: size },
  { name: 'Colour', value: colour },
];
const shirt = {
  title: 'Shirt',
  tags: [' Linen', 'LINEN', 'summer'],
  specifications: [{ name: 'Weight', value: '180 "g" {a,b}' }],
  options: ['Size', 'Colour'],
  variants: [
    { sku: 'S-L', price: gbp('20'), options: option('L', 'Blue') },
    { sku: 'S-M', price: gbp('20'), options: option('M', 'Blue').toReversed(), title: 'Medium' },
  ],
};

let shop: Shop;
beforeAll(async () => {
  shop = await openShop((await testDatabase('products')).url);
});
beforeEach(() => shop.empty());
afterAll(() => shop.close());

const ask = async (document: string, input: object, as = seller) => {
  const { data, errors } = await shop.ask(as, document, { input });
  return errors[0]?.extensions ?? Object.values(data)[0];
};

describe('tags, specifications and options', () => {
  it('are kept and shown, on lists in one statement for each table', async () => {
    const { id } = await ask(create, shirt);
    await shop.offer(rival, [
      { ...shirt, title: 'Other', options: [], variants: [{ sku: 'O', price: gbp('1') }] },
    ]);
    shop.statements.splice(0);
    const { data } = await shop.ask(nobody, `{ products { edges { node { ${shown} } } } }`);
    expect(shop.statements).toHaveLength(2);
    expect(data.products.edges).toHaveLength(2);
    expect(data.products.edges[1].node).toEqual({
      id,
      version: 1,
      tags: ['linen', 'summer'],
      specifications: [{ name: 'Weight', value: '180 "g" {a,b}' }],
      options: ['Size', 'Colour'],
      variants: [
        expect.objectContaining({ sku: 'S-L', title: 'L, Blue', options: option('L', 'Blue') }),
        expect.objectContaining({ sku: 'S-M', title: 'Medium', options: option('M', 'Blue') }),
      ],
    });
    expect((await shop.told())[0]).toMatchObject([{ title: 'Shirt, L, Blue' }, { title: 'Shirt, Medium' }]);
  });

  it('are found by', async () => {
    await ask(create, shirt);
    for (const query of ['linen', 'linne', 'blue shirt']) {
      const { data } = await shop.ask(
        nobody,
        'query ($query: String!) { search(query: $query) { totalCount } }',
        {
          query,
        },
      );
      expect([query, data.search.totalCount]).toEqual([query, 1]);
    }
  });

  it('are changed where something is said, and others hear of variants that changed', async () => {
    const { id, variants } = await ask(create, shirt);
    const revise = (expectedVersion: number, changes: object) =>
      ask(update, { productId: id, expectedVersion, ...changes });
    expect(await revise(1, { tags: ['wool'] })).toMatchObject({
      version: 2,
      tags: ['wool'],
      specifications: shirt.specifications,
    });
    const red = [{ variantId: variants[0].id, options: option('L', 'Red') }];
    expect(await revise(2, { variantOptions: red })).toMatchObject({
      version: 3,
      variants: [{ title: 'L, Red' }, { title: 'Medium', options: option('M', 'Blue') }],
    });
    expect((await shop.told()).slice(1)).toMatchObject([
      [{ sku: 'S-L', title: 'Shirt, L, Red', version: 2 }],
    ]);
    expect(await revise(3, { options: ['Size'], tags: null, specifications: [] })).toMatchObject({
      tags: [],
      specifications: [],
      options: ['Size'],
      variants: [{ options: [{ name: 'Size', value: 'L' }] }, { options: [{ name: 'Size', value: 'M' }] }],
    });
    expect(await revise(5, { options: ['Size', 'Colour'] })).toEqual({ code: 'OPTIONS_MISMATCH' });
    expect(await revise(5, { variantOptions: [{ ...red[0], variantId: 'none' }] })).toEqual({
      code: 'NOT_FOUND',
    });
  });

  it('come in bulk, are there already the second time, and refuse a row alone', async () => {
    const rows = async (products: object[]) => (await ask(bulk, { products })).rows;
    expect(await rows([shirt])).toMatchObject([
      { outcome: 'CREATED', product: { options: shirt.options } },
    ]);
    expect(await rows([shirt])).toMatchObject([{ outcome: 'UNCHANGED' }]);
    const added = (size: string, colour: string) => ({
      title: 'Shirt',
      variants: [
        { sku: 'S-L', price: gbp('20') },
        { sku: 'S-S', price: gbp('20'), options: option(size, colour) },
      ],
    });
    const cap = { title: 'Cap', variants: [{ sku: 'CAP', price: gbp('1') }], tags: ['hats'] };
    expect(await rows([added('m', 'BLUE'), cap])).toMatchObject([
      { outcome: 'REFUSED', refusal: { code: 'OPTIONS_MISMATCH' }, product: null },
      { outcome: 'CREATED', product: { tags: ['hats'] } },
    ]);
    expect(await rows([added('S', 'Blue')])).toMatchObject([
      { outcome: 'UPDATED', product: { variants: [{ sku: 'S-L' }, { sku: 'S-M' }, { title: 'S, Blue' }] } },
    ]);
  });

  const wrong = (changes: object) => ({ ...shirt, ...changes });
  it.each([
    ['input.tags', wrong({ tags: Array.from({ length: 21 }, String) })],
    ['input.tags.1', wrong({ tags: ['fine', 'x'.repeat(41)] })],
    ['input.tags.0', wrong({ tags: ['a\0b'] })],
    ['input.specifications.0.value', wrong({ specifications: [{ name: 'Weight', value: '' }] })],
    ['input.options', wrong({ options: ['a', 'b', 'c', 'd'] })],
    ['input.options.1', wrong({ options: ['Size', 'size'] })],
    ['input.variants.0.options', wrong({ options: ['Size'] })],
    ['input.variants.0.options', wrong({ options: undefined })],
    [
      'input.variants.0.options.0.value',
      wrong({ variants: [{ ...shirt.variants[0], options: option('', 'x') }] }),
    ],
    [
      'input.variants.1.options',
      wrong({ variants: [shirt.variants[0], { ...shirt.variants[1], options: option('l', 'blue') }] }),
    ],
  ])('say that %s is wrong', async (field, input) => {
    expect(await ask(create, input)).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await shop.prisma.product.count()).toBe(0);
  });
});
