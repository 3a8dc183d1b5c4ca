import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, gbp, nobody, openShop, type Shop, seller } from '../test-shop.ts';

const republish = 'mutation { republishCatalogue { count } }';
const addCategory = `mutation ($name: String!, $parentSlug: String) {
  createCategory(input: { name: $name, parentSlug: $parentSlug }) {
    ... on Category { slug parent { slug } }
    ... on CategoryRefusal { code message }
  }
}`;

describe('administration', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop((await testDatabase('products')).url);
  });
  afterAll(() => shop.close());

  it('tells every variant again, 500 at a time, with the versions they have', async () => {
    const products = (from: number) =>
      Array.from({ length: 10 }, (_, product) => ({
        title: 'Mug',
        variants: Array.from({ length: 51 }, (_, index) => ({
          sku: `M-${from + product}-${index}`,
          price: gbp('1'),
        })),
      }));
    await shop.offer(seller, products(0));
    await shop.offer(seller, products(10));
    const told = await shop.told();
    expect(told.map(({ length }) => length)).toEqual([500, 10, 500, 10]);

    expect((await shop.ask(admin, republish)).data.republishCatalogue).toEqual({ count: 1020 });
    const again = (await shop.told()).slice(told.length);
    expect(again.map(({ length }) => length)).toEqual([500, 500, 20]);
    const bySku = (variants: { sku: string }[]) => variants.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
    expect(bySku(again.flat())).toEqual(bySku(told.flat()));
  });

  it('adds categories within categories', async () => {
    const add = async (variables: object) =>
      (await shop.ask(admin, addCategory, { ...variables })).data.createCategory;
    expect(await add({ name: 'Garden & Patio' })).toEqual({ slug: 'garden-patio', parent: null });
    expect(await add({ name: 'Pots', parentSlug: 'garden-patio' })).toEqual({
      slug: 'pots',
      parent: { slug: 'garden-patio' },
    });
    expect(await add({ name: 'garden & patio' })).toMatchObject({ code: 'SLUG_TAKEN' });
    expect(await add({ name: 'Lost', parentSlug: 'none' })).toMatchObject({ code: 'PARENT_UNKNOWN' });
    expect((await shop.ask(nobody, '{ categories { slug } }')).data.categories).toEqual([
      { slug: 'garden-patio' },
      { slug: 'pots' },
    ]);
  });

  it('is for administrators', async () => {
    for (const [as, code] of [
      [nobody, 'UNAUTHENTICATED'],
      [seller, 'FORBIDDEN'],
    ] as const) {
      expect((await shop.ask(as, republish)).errors[0]?.extensions.code).toBe(code);
      expect((await shop.ask(as, addCategory, { name: 'X' })).errors[0]?.extensions.code).toBe(code);
    }
  });
});
