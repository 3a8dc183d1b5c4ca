import { connectRedis } from '@emporium/redis';
import { createLogger } from '@emporium/subgraph';
import { eventually, type TestRedis, testDatabase, testRedis } from '@emporium/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin, gbp, nobody, openShop, type Shop, seller } from '../../test-shop.ts';
import { readOutdated } from '../outdate.ts';

const page = `query ($id: ID!) { product(id: $id) {
  title category { name } variants { sku title price { amount } } } }`;

describe('a product that is asked for often', () => {
  let server: TestRedis;
  let redis: Redis;
  let shop: Shop;
  let replica: Shop;
  let id: string;
  beforeAll(async () => {
    server = await testRedis();
    redis = connectRedis(server.url, createLogger('products', 'silent'), {
      commandTimeout: 2_000,
      without: '',
    });
    await eventually(() => redis.status === 'ready');
    const { url } = await testDatabase('products');
    [shop, replica] = await Promise.all([openShop(url, { redis }), openShop(url, { redis })]);
    await shop.app.createCategory({ name: 'Kitchen', parentSlug: null });
  });
  afterAll(async () => {
    await Promise.all([shop.close(), replica.close()]);
    redis.disconnect();
    await server.stop();
  });
  beforeEach(async () => {
    await shop.empty();
    [id = ''] = await shop.offer(seller, [
      { title: 'Mug', categorySlug: 'kitchen', variants: [{ sku: 'M', price: gbp('5') }] },
    ]);
    await replica.hot?.forgetAll();
  });

  const look = async (at: Shop, as = nobody) => (await at.ask(as, page, { id })).data.product;
  const mug = {
    title: 'Mug',
    category: { name: 'Kitchen' },
    variants: [{ sku: 'M', title: 'Mug', price: { amount: '5.00' } }],
  };
  const change = (input: object) =>
    shop.ask(
      seller,
      'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { ... on Product { title variants { title } } } }',
      { input: { productId: id, expectedVersion: 1, ...input } },
    );
  /** The replica hears what was told since. */
  const hear = async () => {
    const changed = await shop.outdated();
    await replica.hot?.forget(readOutdated({ changed }));
  };

  it('costs the database nothing the second time', async () => {
    expect(await look(shop)).toEqual(mug);
    shop.statements.length = 0;
    expect(await look(shop)).toEqual(mug);
    expect(shop.statements).toEqual([]);
  });

  it('is shown to whoever may see it, and nobody else', async () => {
    await look(shop, admin);
    await shop.ask(
      seller,
      'mutation ($input: ProductStatusInput!) { setProductStatus(input: $input) { __typename } }',
      { input: { productId: id, status: 'ARCHIVED' } },
    );
    expect(await look(shop, admin)).toEqual(mug);
    expect(await look(shop, seller)).toEqual(mug);
    expect(await look(shop)).toBeNull();
  });

  it('shows a change in the answer to it, and after it', async () => {
    await look(shop);
    const { data } = await change({ title: 'Cup' });
    expect(data.updateProduct).toEqual({ title: 'Cup', variants: [{ title: 'Cup' }] });
    expect(await look(shop)).toMatchObject({ title: 'Cup' });
  });

  it('shows a change that another replica made, once this one hears of it', async () => {
    await look(replica);
    await change({ title: 'Cup' });
    expect(await look(replica)).toMatchObject({ title: 'Mug' });
    await hear();
    expect(await look(replica)).toMatchObject({ title: 'Cup' });
  });

  it('leaves every replica with its seller', async () => {
    await look(replica);
    await shop.hear(seller.id ?? '', 'Kiln', false, 2);
    await hear();
    expect(await look(replica)).toBeNull();
    expect(await look(shop)).toBeNull();
    await shop.hear(seller.id ?? '', 'Kiln', true, 3);
  });

  it('has its category’s new name', async () => {
    await look(shop);
    const renamed = await shop.ask(
      admin,
      'mutation ($input: UpdateCategoryInput!) { updateCategory(input: $input) { __typename } }',
      { input: { slug: 'kitchen', name: 'Kitchenware' } },
    );
    expect(renamed.errors).toEqual([]);
    expect(await look(shop)).toMatchObject({ category: { name: 'Kitchenware' } });
    await shop.ask(
      admin,
      'mutation ($input: UpdateCategoryInput!) { updateCategory(input: $input) { __typename } }',
      {
        input: { slug: 'kitchen', name: 'Kitchen' },
      },
    );
  });
});
