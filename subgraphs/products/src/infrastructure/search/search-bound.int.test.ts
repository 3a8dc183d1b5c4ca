import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Onlooker } from '../../application/catalogue.ts';
import { searchBound, type Wanted } from '../../application/search-engine.ts';
import { openShop, type Shop, seller } from '../../test-shop.ts';
import { createPostgresSearch } from './postgres-search.ts';

const nobody: Onlooker = { id: null, isAdmin: false };
const wanted: Wanted = {
  page: { sort: 'RELEVANCE', slice: { limit: 4, after: null } },
  total: true,
  facets: true,
};

describe('a search that finds more than is looked at', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop((await testDatabase('products')).url);
    await shop.hear(seller.id ?? '', 'Kiln', true, 1);
    await put('crate', 'Crate', 'Holds mugs.', 1, searchBound + 50);
    await put('mug', 'Mug', 'Of clay.', 1, 3);
  });
  afterAll(() => shop.close());

  const put = (id: string, title: string, text: string, from: number, to: number) =>
    shop.prisma.$executeRaw`
      INSERT INTO products (id, slug, seller_id, title, description, description_text, lowest_minor, lowest_currency, variant_terms)
      SELECT ${id} || n, ${id} || n, ${seller.id}, ${title}, ${text}, ${text}, 100, 'GBP', ''
      FROM generate_series(${from}::int, ${to}::int) AS n`;

  const find = async (query: string) => {
    const engine = createPostgresSearch(shop.prisma, shop.keyed);
    const { hits, total, facets } = await engine.find(
      await engine.understand({ query, filter: {} }),
      wanted,
      nobody,
    );
    return {
      titles: hits.map(({ product }) => product.title),
      total,
      counted: facets.find(({ name }) => name === 'seller')?.values.map(({ count }) => count),
    };
  };

  it('has those with the words in their titles, each once, and others up to the bound', async () =>
    expect(await find('mug')).toEqual({
      titles: ['Mug', 'Mug', 'Mug', 'Crate'],
      total: searchBound,
      counted: [searchBound],
    }));

  it('has no more of titles either', async () =>
    expect(await find('crates')).toEqual({
      titles: ['Crate', 'Crate', 'Crate', 'Crate'],
      total: searchBound,
      counted: [searchBound],
    }));
});
