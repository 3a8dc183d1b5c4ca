import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tagsProblem } from '../domain/details.ts';
import { descriptionProblem, skuProblem, titleProblem } from '../domain/product-limits.ts';
import { seedCategories, seedProducts } from '../seed-data.ts';
import { nobody, openShop, type Shop, seller } from '../test-shop.ts';
import { seedCatalogue } from './seed-catalogue.ts';

describe('the demonstration catalogue', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop((await testDatabase('products')).url);
  });
  afterAll(() => shop.close());

  it('is put on sale once, however often it is seeded', async () => {
    const seed = () => seedCatalogue(shop.app, seller.id ?? '', seedCategories, seedProducts);
    await seed();
    const variants = seedProducts.flatMap((product) => product.variants);
    expect((await shop.told()).flat()).toHaveLength(variants.length);
    await seed();
    expect(await shop.told()).toHaveLength(1);
    expect(await shop.prisma.product.count()).toBe(seedProducts.length);
    const { data } = await shop.ask(
      nobody,
      '{ search(query: "mug", filter: { categorySlug: "home" }) { edges { node { slug variants { sku } } } } }',
    );
    expect(data.search.edges[0].node).toMatchObject({
      slug: 'harbour-stoneware-mug',
      variants: [{ sku: 'MUG-BLUE-01' }, { sku: 'MUG-SAND-01' }, { sku: 'MUG-MOSS-01' }],
    });
  });

  it('keeps the rules that clients must keep', () => {
    const problems = seedProducts.flatMap(({ title, description, tags, variants }) => [
      titleProblem(title),
      descriptionProblem(description),
      tagsProblem(tags ?? []),
      ...variants.map(([sku]) => skuProblem(sku)),
    ]);
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });
});
