import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NewShop, openNewShop } from '../new-shop-under-test.ts';
import { admin, buyer, gbp, nobody, rival, seller } from '../test-shop.ts';

const create = `mutation ($input: CreateProductInput!) {
  createProduct(input: $input) {
    __typename
    ... on Product { id slug title description status category { slug parent { slug } } seller { id }
      variants { id sku title price { amount currency } product { id } } }
    ... on ProductRefusal { code message }
  }
}`;

const bulk = `mutation ($input: BulkUpsertInput!) {
  bulkUpsertProducts(input: $input) {
    __typename
    ... on BulkUpsert { rows { index outcome refusal { code field message } product { id title description variants { sku title price { amount } } } } }
    ... on ProductRefusal { code }
  }
}`;

const mug = (sku = 'MUG-1', price = '8.50') => ({
  title: 'Stoneware mug',
  variants: [{ sku, price: gbp(price) }],
});

describe('offering products', () => {
  let shop: NewShop;
  beforeAll(async () => {
    shop = await openNewShop();
  });
  beforeEach(async () => {
    await shop.clear();
  });
  afterAll(() => shop.close());

  const createAs = async (as: typeof seller, input: object) => {
    const { data, errors } = await shop.ask(as, create, { input });
    expect(errors).toEqual([]);
    return data.createProduct;
  };
  const upsert = async (products: readonly object[], as = seller) => {
    const { data, errors } = await shop.ask(as, bulk, { input: { products } });
    expect(errors).toEqual([]);
    return data.bulkUpsertProducts.rows;
  };

  it('creates a product and tells its variants in full', async () => {
    await shop.app.createCategory({ name: 'Kitchen', parentSlug: null });
    await shop.app.createCategory({ name: 'Mugs & cups', parentSlug: 'kitchen' });
    const product = await createAs(seller, {
      title: '  Stoneware mug ',
      description: 'Thrown by hand.',
      categorySlug: 'mugs-cups',
      variants: [
        { sku: 'MUG-BLUE', title: 'Blue', price: gbp('8.50') },
        { sku: 'MUG', price: gbp('8') },
      ],
    });
    const { id } = product;
    const [blue, plain] = product.variants;
    expect(product).toMatchObject({
      slug: 'stoneware-mug',
      title: 'Stoneware mug',
      description: 'Thrown by hand.',
      status: 'ACTIVE',
      category: { slug: 'mugs-cups', parent: { slug: 'kitchen' } },
      seller: { id: seller.id },
    });
    expect(blue).toMatchObject({ sku: 'MUG-BLUE', title: 'Blue', price: gbp('8.50'), product: { id } });
    expect(plain).toMatchObject({ sku: 'MUG', title: 'Stoneware mug', price: gbp('8.00') });
    const common = { productId: id, sellerId: seller.id, active: true, version: 1 };
    const price = (minor: string) => ({ minor, currency: 'GBP' });
    expect(await shop.told()).toEqual([
      [
        {
          ...common,
          variantId: blue.id,
          sku: 'MUG-BLUE',
          title: 'Stoneware mug, Blue',
          price: price('850'),
        },
        { ...common, variantId: plain.id, sku: 'MUG', title: 'Stoneware mug', price: price('800') },
      ],
    ]);
  });

  it('refuses a SKU that anybody has, and writes nothing', async () => {
    await createAs(seller, mug());
    const input = { title: 'Teapot', variants: [{ sku: 'POT-1', price: gbp('20') }, ...mug().variants] };
    expect(await createAs(rival, input)).toMatchObject({ __typename: 'ProductRefusal', code: 'SKU_TAKEN' });
    expect(await shop.prisma.product.count()).toBe(1);
    expect(await shop.told()).toHaveLength(1);
  });

  it('refuses an unknown category', async () => {
    expect(await createAs(seller, { ...mug(), categorySlug: 'no\0where' })).toMatchObject({
      code: 'CATEGORY_UNKNOWN',
    });
  });

  it('is for sellers', async () => {
    expect(await createAs(buyer, mug())).toMatchObject({ code: 'NOT_A_SELLER' });
    expect(await createAs(admin, mug())).toMatchObject({ code: 'NOT_A_SELLER' });
    const { data, errors } = await shop.ask(nobody, create, { input: mug() });
    expect(data).toBeNull();
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await shop.prisma.product.count()).toBe(0);
  });

  it.each([
    ['input.title', { ...mug(), title: '  ' }],
    ['input.title', { ...mug(), title: 'x'.repeat(201) }],
    ['input.title', { ...mug(), title: 'a\0b' }],
    ['input.title', { ...mug(), title: 'half \ud800' }],
    ['input.description', { ...mug(), description: 'half \ud800' }],
    ['input.description', { ...mug(), description: 'x'.repeat(10_001) }],
    ['input.variants', { ...mug(), variants: [] }],
    ['input.variants.0.sku', mug('')],
    ['input.variants.0.sku', mug('a\nb')],
    ['input.variants.0.price', mug('A', '0')],
    ['input.variants.0.price', mug('A', '-1')],
    ['input.variants.0.price', mug('A', '1.005')],
    ['input.variants.0.price', mug('A', '10000000000.01')],
    ['input.variants.1.sku', { ...mug(), variants: [...mug().variants, ...mug().variants] }],
  ])('says that %s is wrong', async (field, input) => {
    const { errors } = await shop.ask(seller, create, { input });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('gives products of one title slugs of their own', async () => {
    const slugs = [];
    for (const sku of ['A', 'B', 'C']) slugs.push((await createAs(seller, mug(sku))).slug);
    expect(slugs).toEqual(['stoneware-mug', 'stoneware-mug-2', 'stoneware-mug-3']);
  });

  it('gives the next of many hundreds its slug, and asks for no more than that', async () => {
    const rows = await upsert(Array.from({ length: 400 }, (_, index) => mug(`B-${index}`)));
    expect(new Set(rows.map(({ product }: { product: { id: string } }) => product.id)).size).toBe(400);
    const slugs = (await shop.prisma.product.findMany({ select: { slug: true } })).map(({ slug }) => slug);
    const numbered = Array.from({ length: 399 }, (_, index) => `stoneware-mug-${index + 2}`);
    expect(new Set(slugs)).toEqual(new Set(['stoneware-mug', ...numbered]));
    expect((await createAs(seller, mug('NEXT'))).slug).toBe('stoneware-mug-401');
    const freeOnes = (slug: string, count: number) =>
      shop.transact(async ({ products }) => (await products.freeSlugs(new Map([[slug, count]]))).get(slug));
    expect(await freeOnes('stoneware-mug', 2)).toEqual(['stoneware-mug-402', 'stoneware-mug-403']);
    expect(await freeOnes('stoneware-mug-401', 2)).toEqual(['stoneware-mug-401-2', 'stoneware-mug-401-3']);
  });

  it('gives slugs though somebody has named products after numbers to come', async () => {
    const { id } = await createAs(seller, mug('A'));
    const leaps = Array.from({ length: 45 }, (_, index) => `stoneware-mug-${2 ** (index + 1)}`);
    await shop.prisma.productSlug.createMany({ data: leaps.map((slug) => ({ slug, productId: id })) });
    const { slug } = await createAs(seller, mug('B'));
    expect(slug).toMatch(/^stoneware-mug-\d+$/);
    expect((await createAs(seller, mug('C'))).slug).not.toBe(slug);
  });

  it('tells titles apart that end in the numbers that others are given', async () => {
    const titles = ['Mug', 'Mug 2', 'Mug', 'Mug 2', 'Mug', 'Mug 2 2', 'Mug 3'];
    const rows = titles.map((title, index) => ({ ...mug(`T-${index}`), title }));
    expect((await upsert(rows)).map(({ outcome }: { outcome: string }) => outcome)).toEqual(
      titles.map(() => 'CREATED'),
    );
    const slugs = (await shop.prisma.product.findMany({ select: { slug: true } })).map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(titles.length);
  });

  it('lets one of many at once have a SKU, and each a slug', async () => {
    const skus = ['SAME', 'A', 'SAME', 'B', 'SAME'];
    const products = await Promise.all(
      skus.map((sku, index) => createAs(index % 2 ? seller : rival, mug(sku))),
    );
    const refused = products.filter(({ __typename }) => __typename === 'ProductRefusal');
    expect(refused.map(({ code }) => code)).toEqual(['SKU_TAKEN', 'SKU_TAKEN']);
    expect(new Set(products.flatMap(({ slug }) => slug ?? [])).size).toBe(3);
  });

  describe('in bulk', () => {
    it('creates, then changes nothing, then only what changed', async () => {
      const rows = Array.from({ length: 500 }, (_, index) => mug(`B-${index}`));
      const outcomes = async (products: readonly object[]) =>
        [...new Set((await upsert(products)).map(({ outcome }: { outcome: string }) => outcome))].join();
      expect(await outcomes(rows)).toBe('CREATED');
      expect((await shop.told()).map(({ length }) => length)).toEqual([500]);
      expect(await outcomes(rows)).toBe('UNCHANGED');
      expect(await shop.told()).toHaveLength(1);
      expect(
        (await upsert([mug('B-1', '9'), mug('B-2')])).map((row: { outcome: string }) => row.outcome),
      ).toEqual(['UPDATED', 'UNCHANGED']);
      expect((await shop.told())[1]).toMatchObject([{ sku: 'B-1', price: { minor: '900' }, version: 2 }]);
    });

    it('tells long titles in messages that the broker takes', async () => {
      const title = '💡'.repeat(200);
      const variants = (row: number) =>
        Array.from({ length: 100 }, (_, index) => ({ sku: `${row}-${index}`, title, price: gbp('1') }));
      await upsert(Array.from({ length: 5 }, (_, row) => ({ title, variants: variants(row) })));
      const told = await shop.told();
      expect(told.flat()).toHaveLength(500);
      expect(told.length).toBeGreaterThan(1);
    });

    it('adds variants, and keeps what is not named', async () => {
      await upsert([{ ...mug(), description: 'By hand.' }]);
      const [row] = await upsert([
        {
          title: 'Stoneware cup',
          variants: [{ sku: 'MUG-2', title: 'Blue', price: gbp('9') }, ...mug().variants],
        },
      ]);
      expect(row).toMatchObject({
        outcome: 'UPDATED',
        product: {
          title: 'Stoneware cup',
          description: 'By hand.',
          variants: [{ sku: 'MUG-1' }, { sku: 'MUG-2', title: 'Blue' }],
        },
      });
      expect((await shop.told())[1]).toMatchObject([
        { sku: 'MUG-1', title: 'Stoneware cup', version: 2 },
        { sku: 'MUG-2', title: 'Stoneware cup, Blue', version: 1 },
      ]);
    });

    it('refuses a row without harm to the others', async () => {
      await upsert([mug('RIVALS')], rival);
      const rows = await upsert([
        mug('RIVALS', '1'),
        mug('MINE'),
        { ...mug('LOST'), categorySlug: 'none' },
      ]);
      expect(rows).toMatchObject([
        { index: 0, outcome: 'REFUSED', refusal: { code: 'SKU_TAKEN' }, product: null },
        { index: 1, outcome: 'CREATED', refusal: null, product: { variants: [{ sku: 'MINE' }] } },
        { index: 2, outcome: 'REFUSED', refusal: { code: 'CATEGORY_UNKNOWN' } },
      ]);
      expect(await shop.prisma.variant.findUnique({ where: { sku: 'RIVALS' } })).toMatchObject({
        priceMinor: 850n,
        version: 1,
      });
    });

    it('says of each row what is wrong with it, and carries out the rest', async () => {
      const wrong = (sku: string, row: object) => ({ ...mug(sku), ...row });
      const given = [
        mug('A'),
        mug('B', '-1'),
        mug('bad\nSKU'),
        wrong('D', { title: ' ' }),
        wrong('E', { description: 'half \ud800' }),
        wrong('F', { status: 'ARCHIVED' }),
        wrong('G', { variants: [] }),
        wrong('H', { tags: [''] }),
        wrong('I', { specifications: [{ name: 'Weight', value: '' }] }),
        wrong('J', { options: ['Size', 'size'] }),
        { title: 'Two', variants: [...mug('K').variants, ...mug('A').variants] },
        mug('L', '1.005'),
        mug('K'),
      ];
      const rows = await upsert(given);
      expect(rows.map(({ index }: { index: number }) => index)).toEqual(given.map((_, index) => index));
      expect(
        rows.flatMap(({ outcome, refusal }: { outcome: string; refusal: Record<string, string> }) =>
          outcome === 'REFUSED' ? [`${refusal.code} ${refusal.field}`] : [outcome],
        ),
      ).toEqual([
        'CREATED',
        ...[
          '1.variants.0.price',
          '2.variants.0.sku',
          '3.title',
          '4.description',
          '5.status',
          '6.variants',
          '7.tags.0',
          '8.specifications.0.value',
          '9.options.1',
          '10.variants.1.sku',
          '11.variants.0.price',
        ].map((field) => `BAD_VALUE input.products.${field}`),
        'CREATED',
      ]);
      expect(rows[10].refusal.message).toContain('row 0');
      expect((await shop.told()).flat().map(({ sku }) => sku)).toEqual(['A', 'K']);
    });

    it('takes 1 to 500 rows', async () => {
      for (const [field, products] of [
        ['input.products', []],
        ['input.products', Array.from({ length: 501 }, (_, index) => mug(`B-${index}`))],
      ] as const) {
        const { errors } = await shop.ask(seller, bulk, { input: { products } });
        expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
      }
      expect(await shop.prisma.product.count()).toBe(0);
    });

    it('revises one product through two rows', async () => {
      const two = { title: 'Mug', variants: [...mug('A').variants, ...mug('B').variants] };
      await upsert([two]);
      await upsert([
        { title: 'Mug', variants: [{ sku: 'A', price: gbp('1') }] },
        { title: 'Mug', variants: [{ sku: 'B', price: gbp('2') }] },
      ]);
      expect((await shop.told())[1]).toMatchObject([
        { sku: 'A', price: { minor: '100' }, version: 2 },
        { sku: 'B', price: { minor: '200' }, version: 2 },
      ]);
      expect(await shop.prisma.product.findFirst()).toMatchObject({ lowestMinor: 100n });
    });
  });

  it('finds an address for each of many that are called the same at once', async () => {
    const title = 'Everybody’s mug';
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        shop.ask(
          index % 2 === 0 ? seller : rival,
          'mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on Product { slug } } }',
          { input: { title, variants: [{ sku: `SAME-${index}`, price: gbp('5') }] } },
        ),
      ),
    );
    const slugs = answers.map(({ data }) => data?.createProduct?.slug as string);
    const expected = ['', ...Array.from({ length: 9 }, (_, index) => `-${index + 2}`)];
    expect(slugs.toSorted()).toEqual(expected.map((end) => `everybodys-mug${end}`).toSorted());
  });
});
