import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NewShop, openNewShop } from '../new-shop-under-test.ts';
import { admin, buyer, gbp, nobody, rival, seller } from '../test-shop.ts';

const update = `mutation ($input: UpdateProductInput!) {
  updateProduct(input: $input) {
    __typename
    ... on Product { title description slug version category { slug } }
    ... on ProductRefusal { code message }
  }
}`;
const create = `mutation ($input: CreateProductInput!) {
  createProduct(input: $input) { ... on Product { id slug status version } ... on ProductRefusal { code } }
}`;
const bySlug = 'query ($slug: String!) { product(slug: $slug) { id slug } }';

let shop: NewShop;
let productId: string;
beforeAll(async () => {
  shop = await openNewShop();
});
beforeEach(async () => {
  await shop.clear();
  [productId = ''] = await shop.offer(seller, [
    { title: 'Mug', variants: [{ sku: 'A', price: gbp('5') }] },
  ]);
});
afterAll(() => shop.close());

const updateAs = async (as: typeof seller, changes: object, expectedVersion = 1) => {
  const { data, errors } = await shop.ask(as, update, {
    input: { productId, expectedVersion, ...changes },
  });
  return errors[0]?.extensions ?? data.updateProduct;
};
const found = async (slug: string, as = nobody) => (await shop.ask(as, bySlug, { slug })).data.product;

describe('revising a product', () => {
  it('changes what is said, and leaves the rest', async () => {
    await shop.ask(admin, 'mutation { createCategory(input: { name: "Cups" }) { __typename } }');
    expect(await updateAs(seller, { title: ' Cup ', categorySlug: 'cups' })).toMatchObject({
      title: 'Cup',
      description: null,
      slug: 'mug',
      version: 2,
      category: { slug: 'cups' },
    });
    expect(await updateAs(seller, { description: 'Thrown.', categorySlug: null }, 2)).toMatchObject({
      title: 'Cup',
      description: 'Thrown.',
      version: 3,
      category: null,
    });
    expect((await shop.told()).slice(1)).toMatchObject([[{ sku: 'A', title: 'Cup', version: 2 }]]);
  });

  it('lets one of two win that saw the same version', async () => {
    const both = await Promise.all([updateAs(seller, { title: 'Cup' }), updateAs(admin, { title: 'Jug' })]);
    expect(both.map(({ __typename }) => __typename).toSorted()).toEqual(['Product', 'ProductRefusal']);
    expect(both).toContainEqual(expect.objectContaining({ code: 'VERSION_CONFLICT' }));
  });

  it('is for its seller and ADMIN', async () => {
    for (const as of [rival, buyer])
      expect(await updateAs(as, { title: 'Cup' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await updateAs(nobody, { title: 'Cup' })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await updateAs(admin, { title: 'Cup' })).toMatchObject({ title: 'Cup' });
  });

  it.each([
    [{ title: null }, 'input.title'],
    [{ title: 'x'.repeat(1_000_000) }, 'input.title'],
    [{ description: 'x'.repeat(10_001) }, 'input.description'],
    [{ slug: null }, 'input.slug'],
    [{ slug: 'Not A Slug' }, 'input.slug'],
    [{ slug: '../admin' }, 'input.slug'],
    [{ slug: 'x'.repeat(81) }, 'input.slug'],
  ])('refuses %j and names the field', async (changes, field) => {
    expect(await updateAs(seller, changes)).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await updateAs(seller, {})).toMatchObject({ version: 1, title: 'Mug' });
  });

  it('refuses a category that is not there, whole', async () => {
    expect(await updateAs(seller, { title: 'Cup', categorySlug: 'no\0such' })).toMatchObject({
      code: 'CATEGORY_UNKNOWN',
    });
    expect(await updateAs(seller, {})).toMatchObject({ version: 1, title: 'Mug' });
  });
});

describe('a slug', () => {
  it('can change, and the old one still finds the product', async () => {
    expect(await updateAs(seller, { slug: 'tasse-à-thé' })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await updateAs(seller, { slug: 'tea-cup' })).toMatchObject({ slug: 'tea-cup', version: 2 });
    for (const slug of ['mug', 'tea-cup'])
      expect(await found(slug)).toEqual({ id: productId, slug: 'tea-cup' });
    expect(await updateAs(seller, { slug: 'mug' }, 2)).toMatchObject({ slug: 'mug', version: 3 });
    expect(await found('tea-cup')).toEqual({ id: productId, slug: 'mug' });
  });

  it('is never another product’s, not even when it was given up', async () => {
    await updateAs(seller, { slug: 'tea-cup' });
    const [other] = await shop.offer(rival, [{ title: 'Mug', variants: [{ sku: 'B', price: gbp('5') }] }]);
    expect(await found('mug-2')).toEqual({ id: other, slug: 'mug-2' });
    const { data } = await shop.ask(rival, update, {
      input: { productId: other, expectedVersion: 1, slug: 'mug' },
    });
    expect(data.updateProduct).toMatchObject({ code: 'SLUG_TAKEN' });
  });

  it('is one product’s when two want it at once', async () => {
    const [other] = await shop.offer(rival, [{ title: 'Jug', variants: [{ sku: 'B', price: gbp('5') }] }]);
    const wants = { expectedVersion: 1, slug: 'vessel' };
    const both = await Promise.all([
      shop.ask(seller, update, { input: { productId, ...wants } }),
      shop.ask(rival, update, { input: { productId: other, ...wants } }),
    ]);
    const outcomes = both.map(({ data }) => data.updateProduct.slug ?? data.updateProduct.code);
    expect(outcomes.toSorted()).toEqual(['SLUG_TAKEN', 'vessel']);
  });
});

describe('a draft', () => {
  const draft = async (status?: string) => {
    const input = { title: 'Jug', status, variants: [{ sku: 'J', price: gbp('9') }] };
    const { data, errors } = await shop.ask(seller, create, { input });
    return errors[0]?.extensions ?? data.createProduct;
  };
  const setStatus = async (id: string, status: string) =>
    (
      await shop.ask(
        seller,
        `mutation ($id: ID!, $status: ProductStatus!) {
          setProductStatus(input: { productId: $id, status: $status }) {
            ... on Product { status } ... on ProductRefusal { code }
          }
        }`,
        { id, status },
      )
    ).data.setProductStatus;

  it('is seen by its seller and ADMIN until it is put on sale', async () => {
    const { id } = await draft('DRAFT');
    for (const as of [nobody, rival]) expect(await found('jug', as)).toBeNull();
    for (const as of [seller, admin]) expect(await found('jug', as)).toMatchObject({ id });
    expect((await shop.told()).at(-1)).toMatchObject([{ sku: 'J', active: false }]);
    expect(await setStatus(id, 'ACTIVE')).toEqual({ status: 'ACTIVE' });
    expect(await found('jug')).toMatchObject({ id });
    expect((await shop.told()).at(-1)).toMatchObject([{ sku: 'J', active: true }]);
  });

  it('is not what is on sale, and again what is off sale', async () => {
    expect(await setStatus(productId, 'DRAFT')).toEqual({ code: 'ALREADY_PUBLISHED' });
    expect(await setStatus(productId, 'ARCHIVED')).toEqual({ status: 'ARCHIVED' });
    expect(await setStatus(productId, 'DRAFT')).toEqual({ status: 'DRAFT' });
  });

  it('is listed by its status, to those who may see it', async () => {
    const { id } = await draft('DRAFT');
    await setStatus(productId, 'ARCHIVED');
    const listed = async (as: typeof seller, status: string) => {
      const source =
        'query ($s: ProductStatus!) { products(filter: { status: $s }) { edges { node { id } } } }';
      const { data } = await shop.ask(as, source, { s: status });
      return data.products.edges.map(({ node }: { node: { id: string } }) => node.id);
    };
    for (const as of [seller, admin]) {
      expect(await listed(as, 'DRAFT')).toEqual([id]);
      expect(await listed(as, 'ARCHIVED')).toEqual([productId]);
      expect(await listed(as, 'ACTIVE')).toEqual([]);
    }
    for (const as of [nobody, rival, buyer]) expect(await listed(as, 'DRAFT')).toEqual([]);
    const { errors } = await shop.ask(
      seller,
      '{ search(query: "jug", filter: { status: DRAFT }) { totalCount } }',
    );
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.status' });
  });

  it('may be asked for, and nothing that is archived', async () => {
    expect(await draft('ARCHIVED')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.status' });
    expect(await draft()).toMatchObject({ status: 'ACTIVE', version: 1 });
  });
});
