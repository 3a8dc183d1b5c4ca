import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gbp, nobody, openShop, rival, type Shop, seller } from '../test-shop.ts';

const page = `query ($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  products(first: $first, after: $after, filter: $filter, sort: $sort) {
    edges { cursor node { title } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

/** Titles and prices that are often the same, so that only the id tells them apart. */
const products = Array.from({ length: 43 }, (_, index) => ({
  title: `${index % 2 ? 'mug' : 'Mug'} ${index % 5}`,
  variants: [
    { sku: `S-${index}`, price: { amount: `${(index % 4) + 1}`, currency: index % 3 ? 'GBP' : 'EUR' } },
  ],
}));

describe('a list of products', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop((await testDatabase('products')).url);
    await shop.app.createCategory({ name: 'Kitchen', parentSlug: null });
    await shop.app.createCategory({ name: 'Mugs', parentSlug: 'kitchen' });
    await shop.offer(seller, products);
    await shop.offer(rival, [
      { title: 'Rival', categorySlug: 'mugs', variants: [{ sku: 'R', price: gbp('99') }] },
    ]);
  });
  afterAll(() => shop.close());

  const list = async (variables: object) => {
    const { data, errors } = await shop.ask(nobody, page, { ...variables });
    return { connection: data?.products, errors };
  };
  const titles = async (filter: object) =>
    (await list({ filter, first: 100 })).connection.edges.map(
      ({ node }: { node: { title: string } }) => node.title,
    );

  it.each(['NEWEST', 'TITLE', 'PRICE_ASC', 'PRICE_DESC'])(
    'has no gap and no double in order of %s',
    async (sort) => {
      const whole = (await list({ sort, first: 100 })).connection;
      const cursors: string[] = [];
      let after: string | null = null;
      for (;;) {
        const { connection } = await list({ sort, first: 7, after });
        cursors.push(...connection.edges.map(({ cursor }: { cursor: string }) => cursor));
        expect(connection.pageInfo.hasPreviousPage).toBe(after !== null);
        if (!connection.pageInfo.hasNextPage) break;
        after = connection.pageInfo.endCursor;
      }
      expect(cursors).toEqual(whole.edges.map(({ cursor }: { cursor: string }) => cursor));
      expect(new Set(cursors).size).toBe(44);
    },
  );

  it('is sorted as asked', async () => {
    const sorted = async (sort: string) =>
      (await list({ sort, first: 100 })).connection.edges.map(
        ({ node }: { node: { title: string } }) => node.title,
      );
    const byTitle = (await sorted('TITLE')).map((title: string) => title.toLowerCase());
    expect(byTitle).toEqual(byTitle.toSorted());
    expect((await sorted('NEWEST'))[0]).toBe('Rival');
    expect((await sorted('PRICE_DESC'))[0]).toBe('Rival');
    expect((await sorted('PRICE_ASC')).at(-1)).toBe('Rival');
  });

  it('goes on where it was when something newer comes in between', async () => {
    const first = (await list({ first: 2 })).connection;
    await shop.offer(seller, [{ title: 'Newest', variants: [{ sku: 'NEWEST', price: gbp('1') }] }]);
    const second = (await list({ first: 2, after: first.pageInfo.endCursor })).connection;
    expect(second.edges.map(({ node }: { node: { title: string } }) => node.title)).toEqual([
      'mug 1',
      'Mug 0',
    ]);
    await shop.prisma.priceChange.deleteMany({ where: { variant: { sku: 'NEWEST' } } });
    await shop.prisma.variant.deleteMany({ where: { sku: 'NEWEST' } });
    await shop.prisma.productSlug.deleteMany({ where: { slug: 'newest' } });
    await shop.prisma.product.deleteMany({ where: { title: 'Newest' } });
  });

  it('is filtered by seller, category, ids and price', async () => {
    expect(await titles({ sellerId: rival.id })).toEqual(['Rival']);
    expect(await titles({ categorySlug: 'kitchen' })).toEqual(['Rival']);
    expect(await titles({ categorySlug: 'none' })).toEqual([]);
    expect(await titles({ sellerId: 'x\0', categorySlug: '\0', ids: ['\0'] })).toEqual([]);
    expect(await titles({ ids: [] })).toEqual([]);
    expect(await titles({ minPrice: gbp('4.01') })).toEqual(['Rival']);
    expect(await titles({ minPrice: gbp('2'), maxPrice: gbp('2') })).toHaveLength(
      products.filter(
        ({ variants: [variant] }) => variant?.price.amount === '2' && variant.price.currency === 'GBP',
      ).length,
    );
    const row = await shop.prisma.product.findFirstOrThrow({ where: { title: 'Rival' } });
    expect(await titles({ ids: [row.id, 'unknown'] })).toEqual(['Rival']);
    expect(await titles({ ids: [row.id], sellerId: seller.id })).toEqual([]);
  });

  const forge = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
  it.each([
    ['first', { first: 0 }],
    ['first', { first: 101 }],
    ['after', { after: 'nonsense' }],
    ['after', { after: forge('TITLE', 'a', 'b') }],
    ['after', { after: forge('NEWEST', '\0') }],
    ['after', { sort: 'PRICE_ASC', after: forge('PRICE_ASC', 'GBP', '1; DROP TABLE products', 'x') }],
    ['after', { sort: 'PRICE_DESC', after: forge('PRICE_ASC', 'GBP', '1', 'x') }],
    ['filter.ids', { filter: { ids: Array.from({ length: 101 }, String) } }],
    ['filter.minPrice', { filter: { minPrice: gbp('-5') } }],
    ['filter.maxPrice', { filter: { maxPrice: gbp('-0.01') } }],
    ['filter.maxPrice', { filter: { minPrice: gbp('1'), maxPrice: { amount: '1', currency: 'EUR' } } }],
  ])('says that %s is wrong', async (field, variables) => {
    const { errors } = await list(variables);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('finds one product by id or slug, not by both or neither', async () => {
    const { id } = await shop.prisma.product.findFirstOrThrow({ where: { slug: 'rival' } });
    const one = `query ($id: ID, $slug: String) { product(id: $id, slug: $slug) { slug } }`;
    const find = (variables: Record<string, unknown>) => shop.ask(nobody, one, variables);
    for (const variables of [{ id }, { slug: 'rival' }, { id, slug: null }])
      expect((await find(variables)).data.product).toEqual({ slug: 'rival' });
    for (const variables of [{ id: 'rival' }, { slug: id }, { id: '\0' }, { slug: '\0' }])
      expect(await find(variables)).toEqual({ data: { product: null }, errors: [] });
    for (const variables of [{}, { id, slug: 'rival' }])
      expect((await find(variables)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
