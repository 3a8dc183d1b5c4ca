import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NewShop, openNewShop } from '../new-shop-under-test.ts';
import { admin, buyer, gbp, nobody, seller } from '../test-shop.ts';

const update = `mutation ($input: UpdateCategoryInput!) {
  updateCategory(input: $input) {
    __typename
    ... on Category { slug name path { name } }
    ... on CategoryRefusal { code message }
  }
}`;

let shop: NewShop;
beforeAll(async () => {
  shop = await openNewShop();
});
beforeEach(async () => {
  await shop.clear();
  await shop.app.createCategory({ name: 'Home', parentSlug: null });
  await shop.app.createCategory({ name: 'Garden', parentSlug: null });
  await shop.app.createCategory({ name: 'Kitchen', parentSlug: 'home' });
  await shop.app.createCategory({ name: 'Mugs', parentSlug: 'kitchen' });
});
afterAll(() => shop.close());

const updateAs = async (as: typeof admin, input: object) => {
  const { data, errors } = await shop.ask(as, update, { input });
  return errors[0]?.extensions ?? data.updateCategory;
};
const names = (...path: string[]) => path.map((name) => ({ name }));

describe('the tree of categories', () => {
  it('shows the way to each and what stands in it, in one statement', async () => {
    await shop.offer(seller, [
      { title: 'Mug', categorySlug: 'mugs', variants: [{ sku: 'M', price: gbp('5') }] },
      { title: 'Pan', categorySlug: 'kitchen', variants: [{ sku: 'P', price: gbp('5') }] },
    ]);
    shop.statements.length = 0;
    const { data } = await shop.ask(
      nobody,
      `{
        categories { name path { name } children { name } }
        products(sort: TITLE) { edges { node { category { path { name } } } } }
      }`,
    );
    expect(data.categories).toContainEqual({
      name: 'Kitchen',
      path: names('Home', 'Kitchen'),
      children: names('Mugs'),
    });
    expect(data.products.edges).toMatchObject([
      { node: { category: { path: names('Home', 'Kitchen', 'Mugs') } } },
      { node: { category: { path: names('Home', 'Kitchen') } } },
    ]);
    // The list of categories, the products, their categories, and the tree.
    expect(shop.statements).toHaveLength(4);
  });

  it('tells names apart that differ in symbols alone, and no spellings of one', async () => {
    const slugs = [];
    for (const name of ['C', 'C++', 'C#', '🎉', '🎁']) {
      const outcome = await shop.app.createCategory({ name, parentSlug: 'home' });
      slugs.push(outcome.ok && outcome.category.slug);
    }
    expect(slugs).toEqual(['c', 'c-2', 'c-3', 'category', 'category-2']);
    for (const name of ['c++', ' Ｃ++', 'HOME'])
      expect(await shop.app.createCategory({ name, parentSlug: null })).toEqual({
        ok: false,
        refusal: 'SLUG_TAKEN',
      });
  });

  it('can be moved in, with all that stands below', async () => {
    expect(await updateAs(admin, { slug: 'kitchen', parentSlug: 'garden' })).toMatchObject({
      path: names('Garden', 'Kitchen'),
    });
    expect(await updateAs(admin, { slug: 'mugs', name: ' Cups ' })).toMatchObject({
      slug: 'mugs',
      path: names('Garden', 'Kitchen', 'Cups'),
    });
    expect(await updateAs(admin, { slug: 'mugs', parentSlug: null })).toMatchObject({
      path: names('Cups'),
    });
  });

  it('has no circles, not even when two are moved at once', async () => {
    for (const parentSlug of ['home', 'kitchen', 'mugs'])
      expect(await updateAs(admin, { slug: 'home', parentSlug })).toMatchObject({ code: 'WOULD_CIRCLE' });
    const both = await Promise.all([
      updateAs(admin, { slug: 'home', parentSlug: 'garden' }),
      updateAs(admin, { slug: 'garden', parentSlug: 'home' }),
    ]);
    expect(both.map(({ code }) => code ?? 'MOVED').toSorted()).toEqual(['MOVED', 'WOULD_CIRCLE']);
  });

  it('has a bottom', async () => {
    for (const name of ['4', '5', '6', '7', '8'])
      await shop.app.createCategory({ name, parentSlug: name === '4' ? 'mugs' : `${Number(name) - 1}` });
    expect(await shop.app.createCategory({ name: '9', parentSlug: '8' })).toEqual({
      ok: false,
      refusal: 'TOO_DEEP',
    });
    expect(await updateAs(admin, { slug: 'home', parentSlug: 'garden' })).toMatchObject({
      code: 'TOO_DEEP',
    });
  });

  it('is pruned where nothing stands', async () => {
    const remove = async (slug: string, as = admin) => {
      const source = `mutation ($slug: String!) {
        deleteCategory(slug: $slug) { ... on Category { slug path { name } } ... on CategoryRefusal { code } }
      }`;
      const { data, errors } = await shop.ask(as, source, { slug });
      return errors[0]?.extensions ?? data.deleteCategory;
    };
    expect(await remove('mugs', seller)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await remove('kitchen')).toEqual({ code: 'NOT_EMPTY' });
    await shop.offer(seller, [
      { title: 'Mug', status: 'DRAFT', categorySlug: 'mugs', variants: [{ sku: 'M', price: gbp('5') }] },
    ]);
    expect(await remove('mugs')).toEqual({ code: 'NOT_EMPTY' });
    await shop.prisma.product.updateMany({ data: { categoryId: null } });
    expect(await remove('mugs')).toEqual({ slug: 'mugs', path: [] });
    expect(await remove('mugs')).toEqual({ code: 'NOT_FOUND' });
    expect(await remove('no\0such')).toEqual({ code: 'NOT_FOUND' });
    expect(await remove('kitchen')).toMatchObject({ slug: 'kitchen' });
  });

  it('loses a category or keeps it when a product comes at the same time', async () => {
    const offer = (n: number) =>
      shop.ask(
        seller,
        'mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename ... on ProductRefusal { code } } }',
        { input: { title: 'Mug', categorySlug: 'mugs', variants: [{ sku: `M-${n}`, price: gbp('5') }] } },
      );
    const [removed, ...offered] = await Promise.all([shop.app.deleteCategory('mugs'), offer(1), offer(2)]);
    const count = await shop.prisma.product.count();
    expect(offered.flatMap(({ errors }) => errors)).toEqual([]);
    expect(count).toBe(removed.ok ? 0 : 2);
  });

  it('is changed by administrators alone, and refuses what is not there', async () => {
    for (const as of [seller, buyer])
      expect(await updateAs(as, { slug: 'mugs', name: 'Cups' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await updateAs(admin, { slug: 'no\0such' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await updateAs(admin, { slug: 'mugs', parentSlug: 'no\0such' })).toMatchObject({
      code: 'PARENT_UNKNOWN',
    });
    expect(await updateAs(admin, { slug: 'mugs', name: null })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.name',
    });
  });
});
