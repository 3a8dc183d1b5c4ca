import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gbp, nobody, openShop, rival, type Shop, seller } from '../../test-shop.ts';

const search = `query ($query: String!, $first: Int, $after: String, $filter: ProductFilter) {
  search(query: $query, first: $first, after: $after, filter: $filter) {
    edges { cursor node { title } }
    totalCount
    facets { name values { value label count minPrice { amount currency } maxPrice { amount currency } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const product = (title: string, sku: string, more: object = {}) => ({
  title,
  variants: [{ sku, price: gbp('5') }],
  ...more,
});

describe('search', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop((await testDatabase('products')).url);
    await shop.app.createCategory({ name: 'Kitchen', parentSlug: null });
    await shop.app.createCategory({ name: 'Office', parentSlug: null });
    await shop.offer(seller, [
      product('Stoneware mug', 'MUG-BLUE-01', { categorySlug: 'kitchen' }),
      product('Tea towel', '85123A', { categorySlug: 'kitchen', description: 'Goes with every mug.' }),
      product('Running shoes', 'RUN.9/10', {
        variants: [{ sku: 'RUN.9/10', title: 'Size ten', price: gbp('5') }],
      }),
    ]);
    await shop.offer(rival, [
      product('Desk lamp', 'LAMP', { categorySlug: 'office' }),
      ...Array.from({ length: 25 }, (_, index) =>
        product('Notebook', `NB-${index}`, { categorySlug: 'office' }),
      ),
    ]);
    await shop.hear(rival.id ?? '', 'Paper Moon', true, 1);
  });
  afterAll(() => shop.close());

  it('counts and filters by tags and options, whatever their capitals', async () => {
    const lid = (value: string) => [{ name: 'Lid', value }];
    await shop.offer(seller, [
      product('Urn', 'URN', {
        tags: ['Clay'],
        options: ['Lid'],
        variants: [{ sku: 'URN', price: gbp('5'), options: lid('Cork') }],
      }),
    ]);
    const { data } = await shop.ask(
      nobody,
      `query ($filter: ProductFilter) { search(query: "urn", filter: $filter) {
        facets { name option values { value label count } } } }`,
      { filter: { tags: ['CLAY'], options: [{ name: 'LID', values: ['x\0', 'CORK'] }] } },
    );
    expect(data.search.facets.slice(4)).toEqual([
      { name: 'tag', option: null, values: [{ value: 'clay', label: 'clay', count: 1 }] },
      { name: 'option', option: 'Lid', values: [{ value: 'Cork', label: 'Cork', count: 1 }] },
    ]);
    const { data: listed } = await shop.ask(
      nobody,
      '{ products(filter: { tags: ["clay"], options: [{ name: "lid", values: ["tin"] }] }) { edges { cursor } } }',
    );
    expect(listed.products.edges).toEqual([]);
  });

  it('takes a last word for a beginning only where no title has it as it stands', async () => {
    await shop.offer(seller, [product('Kazoo', 'REED-1'), product('Kazoobird', 'REED-2')]);
    const titles = async (query: string) => {
      const { data } = await shop.ask(
        nobody,
        `query ($query: String!) { search(query: $query) { edges { node { title } } } }`,
        { query },
      );
      return data.search.edges.map(({ node }: { node: { title: string } }) => node.title).toSorted();
    };
    expect(await titles('kazoo')).toEqual(['Kazoo']);
    expect(await titles('kaz')).toEqual(['Kazoo', 'Kazoobird']);
    const { data } = await shop.ask(nobody, '{ suggest(query: "kazoo") { text } }');
    expect(data.suggest).toEqual([{ text: 'Kazoo' }, { text: 'Kazoobird' }]);
  });

  it.each([
    ['filter.tags', { tags: Array.from({ length: 21 }, String) }],
    ['filter.options', { options: Array.from({ length: 4 }, () => ({ name: 'a', values: ['b'] })) }],
    ['filter.options.0.values', { options: [{ name: 'a', values: Array.from({ length: 51 }, String) }] }],
  ])('says that %s is wrong', async (field, filter) => {
    const { errors } = await shop.ask(nobody, search, { query: 'mug', filter });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  const none = { minPrice: null, maxPrice: null };
  const find = async (query: string, variables: object = {}) => {
    const { data, errors } = await shop.ask(nobody, search, { query, ...variables });
    expect(errors).toEqual([]);
    return data.search;
  };
  const titles = async (query: string): Promise<string[]> =>
    (await find(query)).edges.map(({ node }: { node: { title: string } }) => node.title);

  it.each([
    ['mug', ['Stoneware mug', 'Tea towel']],
    ['MUGS', ['Stoneware mug', 'Tea towel']],
    ['mug -tea', ['Stoneware mug']],
    ['"every mug"', ['Tea towel']],
    ['stonew', ['Stoneware mug']],
    ['tea tow', ['Tea towel']],
    ['run', ['Running shoes']],
    ['size ten', ['Running shoes']],
    ['lamp or shoes', ['Desk lamp', 'Running shoes']],
    ['MUG-BLUE-01', ['Stoneware mug']],
    ['85123A', ['Tea towel']],
    ['85123a', ['Tea towel']],
    ['RUN.9/10', ['Running shoes']],
    ['nothing like it', []],
    ['"stonew', []],
  ])('finds %s', async (query, expected) => {
    expect((await titles(query)).toSorted()).toEqual(expected.toSorted());
  });

  it('puts titles before descriptions', async () => {
    expect(await titles('mug')).toEqual(['Stoneware mug', 'Tea towel']);
  });

  it('pages through equal ranks without gap or double, and counts them', async () => {
    const cursors: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { edges, pageInfo, totalCount } = await find('notebook', { first: 10, after });
      expect(totalCount).toBe(25);
      cursors.push(...edges.map(({ cursor }: { cursor: string }) => cursor));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect([cursors.length, new Set(cursors).size]).toEqual([25, 25]);
  });

  it('counts facets over all matches, within the filter', async () => {
    expect((await find('mug or lamp or notebook', { first: 1 })).facets).toEqual([
      {
        name: 'category',
        values: [
          { value: 'office', label: 'Office', count: 26, ...none },
          { value: 'kitchen', label: 'Kitchen', count: 2, ...none },
        ],
      },
      {
        name: 'seller',
        values: [
          { value: rival.id, label: 'Paper Moon', count: 26, ...none },
          { value: seller.id, label: seller.id, count: 2, ...none },
        ],
      },
      {
        name: 'price',
        values: [
          {
            value: 'GBP 0-999',
            label: '0.00 to 9.99 GBP',
            count: 28,
            minPrice: gbp('0.00'),
            maxPrice: gbp('9.99'),
          },
        ],
      },
      { name: 'availability', values: [{ value: 'false', label: 'Sold out', count: 28, ...none }] },
      { name: 'tag', values: [] },
    ]);
    const filtered = await find('mug or lamp or notebook', { filter: { categorySlug: 'kitchen' } });
    expect(filtered.totalCount).toBe(2);
    expect(filtered.facets[0].values).toEqual([{ value: 'kitchen', label: 'Kitchen', count: 2, ...none }]);
  });

  it.each([
    "'; DROP TABLE products; --",
    "mug' & | ! ( ) :* <-> \\",
    'mug:*',
    ':*',
    '!!!',
    '((((',
    '"',
    '-',
    'or',
    '-- or -"',
    '\\',
    '%_',
    'mug\0tea',
    '\ud800',
    '💡 lamp',
    '$1 {{y}}',
    'a '.repeat(100),
    '('.repeat(200),
  ])('takes %s for words', async (query) => {
    expect((await find(query)).totalCount).toBeGreaterThanOrEqual(0);
  });

  it('wants something to look for, and no novel', async () => {
    for (const query of ['', '  \n', 'x'.repeat(201), 'mug '.repeat(2_500)]) {
      const { errors } = await shop.ask(nobody, search, { query });
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'query' });
    }
  });

  it('says what it looked for instead of a slip, marks it, and asks the engine once for all', async () => {
    shop.statements.splice(0);
    const { data, errors } = await shop.ask(
      nobody,
      `{ search(query: "stonware", sort: PRICE_ASC) {
        correctedQuery totalCount facets { name } pageInfo { hasNextPage }
        edges { node { title } highlights { title { text isMatch } description { text } } }
      } }`,
    );
    expect(errors).toEqual([]);
    expect(data.search).toMatchObject({
      correctedQuery: 'stoneware',
      totalCount: 1,
      edges: [
        {
          node: { title: 'Stoneware mug' },
          highlights: {
            title: [
              { text: 'Stoneware', isMatch: true },
              { text: ' mug', isMatch: false },
            ],
            description: [],
          },
        },
      ],
    });
    // What was meant, all that was found, the marks.
    expect(shop.statements).toHaveLength(3);
  });

  const suggest = async (query: string, first?: number) =>
    shop.ask(
      nobody,
      'query ($query: String!, $first: Int) { suggest(query: $query, first: $first) { text product { title } } }',
      { query, first },
    );

  it('suggests titles as somebody types, and nothing for nothing', async () => {
    const { data } = await suggest('stonew');
    expect(data.suggest).toEqual([{ text: 'Stoneware mug', product: { title: 'Stoneware mug' } }]);
    expect((await suggest('note')).data.suggest).toHaveLength(1);
    for (const query of ['', '  ', '💡']) expect((await suggest(query)).data.suggest).toEqual([]);
  });

  it.each([
    ['query', 'x'.repeat(10_000), 8],
    ['first', 'mug', 0],
    ['first', 'mug', 100_000],
  ])('suggests nothing where %s is wrong', async (field, query, first) => {
    const { errors } = await suggest(query, first);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('takes no more than a hundred at once', async () => {
    const { errors } = await shop.ask(nobody, search, { query: 'mug', first: 100_000 });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'first' });
  });

  it('takes no cursor of another list or another order', async () => {
    const foreign = async (source: string) => {
      const { data } = await shop.ask(nobody, source);
      return Object.values<{ pageInfo: { endCursor: string } }>(data)[0]?.pageInfo.endCursor;
    };
    for (const after of [
      await foreign('{ products(sort: TITLE) { pageInfo { endCursor } } }'),
      await foreign('{ search(query: "mug", sort: NEWEST) { pageInfo { endCursor } } }'),
    ]) {
      const { errors } = await shop.ask(nobody, search, { query: 'mug', after });
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    }
  });

  it('takes no forged cursor', async () => {
    for (const rank of ['1e999', 'NaN', "0'::text"]) {
      const after = Buffer.from(JSON.stringify(['RELEVANCE', rank, 'x'])).toString('base64url');
      const { errors } = await shop.ask(nobody, search, { query: 'mug', after });
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    }
  });

  it('learns nothing from drafts', async () => {
    await shop.offer(seller, [product('Quorble', 'QUORBLE')]);
    await shop.offer(rival, [product('Quorbel Zephyrcoil', 'DRAFT-1', { status: 'DRAFT' })]);
    const { data } = await shop.ask(
      nobody,
      '{ search(query: "Quorbel") { correctedQuery edges { node { title } } } }',
    );
    expect(data.search).toEqual({ correctedQuery: 'quorble', edges: [{ node: { title: 'Quorble' } }] });
    const leaked = await shop.ask(nobody, '{ search(query: "Zephyrcoyl or mug") { correctedQuery } }');
    expect(leaked.data.search.correctedQuery).toBeNull();
  });
});
