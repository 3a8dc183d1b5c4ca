import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gbp, nobody, openShop, rival, type Shop, seller } from '../test-shop.ts';

const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Product { id title variants { sku product { title } } seller { id } }
    ... on ProductVariant { id sku title price { amount currency } product { slug variants { id } category { name } } }
    ... on Seller { id products(first: 2) { edges { node { title variants { sku } } } pageInfo { hasNextPage } } }
  }
}`;

describe('references', () => {
  let shop: Shop;
  let productIds: string[];
  beforeAll(async () => {
    shop = await openShop((await testDatabase('products')).url);
    const mugs = (who: string) =>
      Array.from({ length: 10 }, (_, index) => ({
        title: `Mug ${index}`,
        variants: ['a', 'b'].map((variant) => ({ sku: `${who}-${index}-${variant}`, price: gbp('5') })),
      }));
    productIds = [...(await shop.offer(seller, mugs('s'))), ...(await shop.offer(rival, mugs('r')))];
  });
  beforeEach(() => void shop.statements.splice(0));
  afterAll(() => shop.close());

  const resolve = async (representations: readonly object[]) => {
    const { data, errors } = await shop.ask(nobody, entities, { representations });
    expect(errors).toEqual([]);
    return data._entities;
  };

  it('load many products with one statement for each table', async () => {
    const found = await resolve(productIds.map((id) => ({ __typename: 'Product', id })));
    expect(found.map(({ id }: { id: string }) => id)).toEqual(productIds);
    expect(found[3].variants).toMatchObject([
      { sku: 's-3-a', product: { title: 'Mug 3' } },
      { sku: 's-3-b' },
    ]);
    expect(shop.statements).toHaveLength(2);
  });

  it('load variants by id and by SKU', async () => {
    const rows = await shop.prisma.variant.findMany({ orderBy: { sku: 'asc' } });
    shop.statements.splice(0);
    const found = await resolve([
      ...rows.map(({ id }) => ({ __typename: 'ProductVariant', id })),
      ...rows.map(({ sku }) => ({ __typename: 'ProductVariant', sku })),
    ]);
    expect(found.map(({ sku }: { sku: string }) => sku)).toEqual([...rows, ...rows].map(({ sku }) => sku));
    expect(found[0]).toMatchObject({ title: 'Mug 0', price: gbp('5.00') });
    // By id, by SKU, their products, those products' variants.
    expect(shop.statements).toHaveLength(4);
  });

  it('load the products of many sellers at once', async () => {
    const found = await resolve(
      [seller.id, rival.id, 'nobody'].map((id) => ({ __typename: 'Seller', id })),
    );
    const edges = [{ node: { title: 'Mug 9' } }, { node: { title: 'Mug 8' } }];
    expect(found).toMatchObject([
      { id: seller.id, products: { edges, pageInfo: { hasNextPage: true } } },
      { id: rival.id, products: { edges, pageInfo: { hasNextPage: true } } },
      { id: 'nobody', products: { edges: [], pageInfo: { hasNextPage: false } } },
    ]);
    expect(shop.statements).toHaveLength(2);
  });

  it('are null for what does not exist', async () => {
    const nothing = ['unknown', '', 'a\0b'].flatMap((key) => [
      { __typename: 'Product', id: key },
      { __typename: 'ProductVariant', id: key },
      { __typename: 'ProductVariant', sku: key },
    ]);
    expect(await resolve(nothing)).toEqual(nothing.map(() => null));
  });

  it('cost a list as many statements as it has tables', async () => {
    const { errors } = await shop.ask(
      nobody,
      '{ products(first: 20) { edges { node { title seller { id } category { name } variants { title product { id } } } } } }',
    );
    expect(errors).toEqual([]);
    expect(shop.statements.length).toBeLessThanOrEqual(3);
  });
});
