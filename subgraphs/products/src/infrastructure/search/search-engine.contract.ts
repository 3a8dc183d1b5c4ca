/** What every search engine must do, whatever it is made of: an adapter's test calls this. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Filter, Onlooker, Slice } from '../../application/catalogue.ts';
import type { SearchEngine, SearchSort, Wanted } from '../../application/search-engine.ts';
import { gbp, rival, type Shop, seller } from '../../test-shop.ts';

type Opened = {
  /** An empty one, whose products the engine finds. */
  readonly shop: Shop;
  readonly engine: SearchEngine;
  /** Waits until all that the shop did can be found. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const nobody: Onlooker = { id: null, isAdmin: false };
const asSeller: Onlooker = { id: seller.id, isAdmin: false };
const asAdmin: Onlooker = { id: 'admin-1', isAdmin: true };

const product = (title: string, sku: string, amount: string, more: object = {}) => ({
  title,
  variants: [{ sku, price: gbp(amount) }],
  ...more,
});

const catalogue = [
  product('iPhone 15', 'APL-15', '799', { categorySlug: 'phones' }),
  product('Leather case', 'CASE-1', '25', {
    categorySlug: 'phones',
    description: 'Keeps an iPhone from harm; <b>not</b> from water & fire.',
  }),
  product('Café crème mug', 'MUG-1', '9.50', { categorySlug: 'kitchen' }),
  product('Wireless headphones', 'HEAD-1', '120', { categorySlug: 'sound' }),
  product('Wireless headphones', 'HEAD-2', '90', { categorySlug: 'sound' }),
  product('Wired headphones', 'HEAD-3', '9.99', { categorySlug: 'sound' }),
  product('כוס קפה', 'HEB-1', '7'),
];

const hostile = [
  "'; DROP TABLE products; --",
  "mug' & | ! ( ) :* <-> \\",
  ':*',
  '!!!',
  '((((',
  '"',
  '-',
  'or',
  '\\',
  '%_',
  '💡',
  '👩‍👩‍👧 mug',
  '\u202eמוק\u202c',
  '\ud800',
  'filter = "x" AND _geoRadius(1,1,1)',
  'qqqqqq zzzzzzz xxxxxxx wwwwwww vvvvvvv kkkkkkk',
  '('.repeat(200),
];

export const searchEngineContract = (name: string, open: () => Promise<Opened>): void => {
  describe(`${name}, as a search engine`, () => {
    let shop: Shop;
    let opened: Opened;
    beforeAll(async () => {
      opened = await open();
      shop = opened.shop;
      for (const title of ['Phones', 'Kitchen', 'Sound'])
        await shop.app.createCategory({ name: title, parentSlug: null });
      await shop.offer(seller, catalogue);
      await shop.offer(rival, [
        product('Teapot', 'TEA-1', '30', { categorySlug: 'kitchen' }),
        ...Array.from({ length: 25 }, (_, index) =>
          product(`Notebook ${index}`, `NB-${index}`, `${30 - index}`),
        ),
      ]);
      const [hidden] = await shop.offer(seller, [product('Secret gramophone', 'SECRET-1', '5')]);
      await shop.app.setProductStatus(hidden ?? '', 'ARCHIVED', { id: seller.id ?? '', roles: ['SELLER'] });
      await shop.hearStock({ 'HEAD-1': true, 'HEAD-3': true, 'CASE-1': true }, 1);
      await opened.settled();
    });
    afterAll(async () => {
      await opened.close();
      await shop.close();
    });

    const all: Slice = { limit: 100, after: null };
    const find = async (
      query: string,
      { sort = 'RELEVANCE', slice = all, filter = {}, as = nobody } = {} as {
        sort?: SearchSort;
        slice?: Slice;
        filter?: Filter;
        as?: Onlooker;
      },
    ) => {
      const wanted: Wanted = { page: { sort, slice }, total: true, facets: true };
      return opened.engine.find(await opened.engine.understand({ query, filter }), wanted, as);
    };
    const titles = async (...parameters: Parameters<typeof find>): Promise<string[]> =>
      (await find(...parameters)).hits.map((hit) => hit.product.title);
    const pounds = (minor: bigint) => ({ minor, currency: 'GBP' });

    it.each([
      ['iPhne', ['iPhone 15', 'Leather case']],
      ['ihpone', ['iPhone 15', 'Leather case']],
      ['wireles hedphnes', ['Wireless headphones', 'Wireless headphones']],
      ['wirelss headpho', ['Wireless headphones', 'Wireless headphones']],
      ['cafe creme', ['Café crème mug']],
      ['CAFÉ', ['Café crème mug']],
      ['teapto', ['Teapot']],
      ['APL-15', ['iPhone 15']],
      ['קפה', ['כוס קפה']],
      ['xylophone', []],
    ])('finds by %s what was meant', async (query, expected) =>
      expect(await titles(query)).toEqual(expected),
    );

    it('says what it took a slip for, and nothing of what was right', async () => {
      const corrected = async (query: string) =>
        (await opened.engine.understand({ query, filter: {} })).corrected;
      expect(await corrected('wireles hedphnes')).toBe('wireless headphones');
      expect(await corrected('Wireless headphones, not "wired"')).toBeNull();
      expect(await corrected('headph')).toBeNull();
      expect(await corrected('notebooks')).toBeNull();
    });

    it('narrows by seller, category, price and ids', async () => {
      expect(await titles('headphones', { filter: { lowestPrice: pounds(10_000n) } })).toHaveLength(1);
      expect(await titles('headphones', { filter: { highestPrice: pounds(999n) } })).toEqual([
        'Wired headphones',
      ]);
      expect(await titles('iphone', { filter: { categorySlug: 'kitchen' } })).toEqual([]);
      expect(await titles('teapot', { filter: { sellerId: seller.id ?? '' } })).toEqual([]);
      expect(await titles('teapot', { filter: { ids: [] } })).toEqual([]);
    });

    it('narrows to what is in stock, or to what is sold out', async () => {
      expect(await titles('headphones', { filter: { inStock: true }, sort: 'PRICE_ASC' })).toEqual([
        'Wired headphones',
        'Wireless headphones',
      ]);
      expect(await titles('headphones', { filter: { inStock: false } })).toEqual(['Wireless headphones']);
    });

    it('sorts by price, and by what is newest', async () => {
      const prices = ['Wired headphones', 'Wireless headphones', 'Wireless headphones'];
      expect(await titles('headphones', { sort: 'PRICE_ASC' })).toEqual(prices);
      expect(await titles('headphones', { sort: 'PRICE_DESC' })).toEqual(prices.toReversed());
      expect((await titles('notebook', { sort: 'NEWEST' }))[0]).toBe('Notebook 24');
    });

    it.each(['RELEVANCE', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC'] as const)(
      'pages without gap or double in order of %s',
      async (sort) => {
        const seen: string[] = [];
        let after: readonly string[] | null = null;
        do {
          const { hits, total } = await find('notebok', { sort, slice: { limit: 10, after } });
          expect(total).toBe(25);
          seen.push(...hits.map((hit) => hit.product.id));
          after = hits.at(-1)?.key ?? null;
        } while (after && seen.length < 25);
        expect(new Set(seen).size).toBe(25);
        expect(seen).toEqual((await find('notebook', { sort })).hits.map((hit) => hit.product.id));
      },
    );

    it('counts by category, seller, band of prices and what is in stock', async () => {
      const { facets } = await find('headphones');
      expect(facets).toEqual([
        { name: 'category', values: [{ value: 'sound', label: 'Sound', count: 3 }] },
        { name: 'seller', values: [{ value: seller.id, label: seller.id, count: 3 }] },
        {
          name: 'price',
          values: [
            { lowest: pounds(0n), highest: pounds(999n), count: 1 },
            { lowest: pounds(5_000n), highest: pounds(9_999n), count: 1 },
            { lowest: pounds(10_000n), highest: pounds(24_999n), count: 1 },
          ].map((band) => expect.objectContaining(band)),
        },
        {
          name: 'availability',
          values: [
            { value: 'true', label: 'In stock', count: 2 },
            { value: 'false', label: 'Sold out', count: 1 },
          ],
        },
      ]);
    });

    it('works out no more than is wanted', async () => {
      const understood = await opened.engine.understand({ query: 'headphones', filter: {} });
      const found = await opened.engine.find(
        understood,
        { page: null, total: false, facets: false },
        nobody,
      );
      expect(found).toMatchObject({ hits: [], facets: [] });
    });

    it('marks what it found, in parts that make up the text as it is', async () => {
      const understood = await opened.engine.understand({ query: 'iphne', filter: {} });
      const { hits } = await find('iphne');
      const ids = hits.map((hit) => hit.product.id);
      const [phone, leather] = ids.map(
        (() => {
          const marked = opened.engine.highlight(understood, ids, nobody);
          return async (id: string) => (await marked).find(({ productId }) => productId === id);
        })(),
      );
      expect((await phone)?.title).toEqual([
        { text: 'iPhone', isMatch: true },
        { text: ' 15', isMatch: false },
      ]);
      expect((await leather)?.title).toEqual([{ text: 'Leather case', isMatch: false }]);
      const text = (await leather)?.description.map((fragment) => fragment.text).join('');
      expect(text).toContain('<b>not</b> from water & fire');
      expect((await leather)?.description).toContainEqual({ text: 'iPhone', isMatch: true });
    });

    it.each([
      ['wirel', ['Wireless headphones']],
      ['headph', ['Wired headphones', 'Wireless headphones']],
      ['tea', ['Teapot']],
      ['t', ['Teapot']],
      ['cafe', ['Café crème mug']],
      ['iphne', ['iPhone 15']],
      ['secr', []],
    ])('suggests for %s titles without doubles', async (typed, expected) => {
      const suggested = await opened.engine.suggest(typed, 8, nobody);
      expect(suggested.map(({ text }) => text).toSorted()).toEqual(expected);
    });

    it('suggests no more than wanted', async () =>
      expect(await opened.engine.suggest('note', 3, nobody)).toHaveLength(3));

    it('shows nobody what they may not see', async () => {
      const seen = async (as: Onlooker) => [
        await titles('gramophone', { as }),
        (await opened.engine.suggest('secret', 8, as)).map(({ text }) => text),
      ];
      expect(await seen(nobody)).toEqual([[], []]);
      expect(await seen({ id: rival.id, isAdmin: false })).toEqual([[], []]);
      for (const as of [asSeller, asAdmin])
        expect(await seen(as)).toEqual([['Secret gramophone'], ['Secret gramophone']]);
    });

    it.each(hostile)('takes %s for words', async (query) => {
      expect((await find(query)).total).toBeGreaterThanOrEqual(0);
      expect(await opened.engine.suggest(query, 8, nobody)).toBeInstanceOf(Array);
    });

    it('finds what was offered, renamed and taken off sale at once', async () => {
      const [id = ''] = await shop.offer(seller, [product('Theremin', 'THER-1', '5')]);
      await opened.settled();
      expect(await titles('thermin')).toEqual(['Theremin']);
      await shop.offer(seller, [product('Ondioline', 'THER-1', '5')]);
      await opened.settled();
      expect(await titles('ondiolne')).toEqual(['Ondioline']);
      expect(await titles('theremin')).toEqual([]);
      await shop.app.setProductStatus(id, 'ARCHIVED', { id: seller.id ?? '', roles: ['SELLER'] });
      await opened.settled();
      expect(await titles('ondioline')).toEqual([]);
    });
  });
};
