import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gbp, nobody, openShop, type Shop, seller } from '../test-shop.ts';

const inStockOnly =
  'query ($in: Boolean!) { products(filter: { inStock: $in }) { edges { node { id } } } }';

let shop: Shop;
let count = 0;
beforeAll(async () => {
  shop = await openShop((await testDatabase('products')).url);
});
afterAll(() => shop.close());

let id = '';
let [small, large] = ['', ''];
beforeEach(async () => {
  count += 1;
  [small, large] = [`MUG-${count}-S`, `MUG-${count}-L`];
  const variants = [small, large].map((sku) => ({ sku, price: gbp('9') }));
  [id = ''] = await shop.offer(seller, [{ title: `Mug ${count}`, variants }]);
});

const listed = async (isIn: boolean): Promise<string[]> => {
  const { data } = await shop.ask(nobody, inStockOnly, { in: isIn });
  return data.products.edges.map(({ node }: { node: { id: string } }) => node.id);
};
const isInStock = async () => {
  const [inside, outside] = [await listed(true), await listed(false)];
  expect(inside.includes(id)).not.toBe(outside.includes(id));
  return inside.includes(id);
};
const outdated = async () =>
  (await shop.outdated()).filter(({ typename, key }) => typename === 'Product' && key === id).length;

describe('news of what is in stock', () => {
  it('puts a product into stock with its first variant, and out of it with its last', async () => {
    expect(await isInStock()).toBe(false);
    await shop.hearStock({ [small]: true, [large]: true }, 1);
    expect(await isInStock()).toBe(true);
    await shop.hearStock({ [small]: false }, 2);
    expect(await isInStock()).toBe(true);
    await shop.hearStock({ [large]: false }, 2);
    expect(await isInStock()).toBe(false);
  });

  it('makes answers out of date when a product turns, and not otherwise', async () => {
    const before = await outdated();
    await shop.hearStock({ [small]: true }, 1);
    expect(await outdated()).toBe(before + 1);
    await shop.hearStock({ [large]: true }, 1);
    await shop.hearStock({ [small]: true }, 3);
    expect(await outdated()).toBe(before + 1);
    await shop.hearStock({ [small]: false, [large]: false }, 4);
    expect(await outdated()).toBe(before + 2);
  });

  it('counts once and in order of versions, however it comes', async () => {
    await shop.hearStock({ [small]: false }, 3);
    await shop.hearStock({ [small]: true }, 2);
    expect(await isInStock()).toBe(false);
    await shop.hearStock({ [small]: true }, 4);
    await shop.hearStock({ [small]: false }, 3);
    await shop.hearStock({ [small]: true }, 4);
    expect(await isInStock()).toBe(true);
  });

  it('is kept for variants that are not here yet, the newest of it', async () => {
    const ahead = `ahead-${count}`;
    await shop.hearStock({ [ahead]: false, [small]: false }, 1);
    await shop.hearStock({ [ahead]: true }, 3);
    await shop.hearStock({ [ahead]: false }, 2);
    await shop.prisma.variant.create({
      data: {
        ...{ id: ahead, productId: id, position: 2, sku: `MUG-${count}-A`, version: 1 },
        ...{ priceMinor: 900n, currency: 'GBP' },
      },
    });
    expect(await isInStock()).toBe(true);
    expect(await shop.prisma.stockAhead.count({ where: { variantId: ahead } })).toBe(0);
    await shop.hearStock({ [ahead]: false }, 2);
    expect(await isInStock()).toBe(true);
  });

  it('reaches a variant that is being added while it is told', async () => {
    const ahead = `racing-${count}`;
    let heard: Promise<unknown> = Promise.resolve();
    await shop.prisma.$transaction(async (tx) => {
      await tx.variant.create({
        data: {
          ...{ id: ahead, productId: id, position: 2, sku: `MUG-${count}-A`, version: 1 },
          ...{ priceMinor: 900n, currency: 'GBP' },
        },
      });
      heard = shop.hearStock({ [ahead]: true }, 1);
      // The news waits for the end of this transaction: whether it has begun to wait shows in the locks.
      for (let isWaiting = false; !isWaiting; ) {
        const waiting = await tx.$queryRaw<unknown[]>`
          SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
        isWaiting = waiting.length > 0;
      }
    });
    await heard;
    expect(await isInStock()).toBe(true);
  });

  it('of two variants at once leaves the product as both have it', async () => {
    await shop.hearStock({ [small]: true, [large]: true }, 1);
    let heard: Promise<unknown>[] = [];
    await shop.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM products WHERE id = ${id} FOR UPDATE`;
      heard = [shop.hearStock({ [small]: false }, 2), shop.hearStock({ [large]: false }, 2)];
      for (let waiting = 0; waiting < heard.length; ) {
        // Not of this transaction, which would see the same again and again.
        const rows = await shop.prisma.$queryRaw<unknown[]>`
          SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        waiting = rows.length;
      }
    });
    await Promise.all(heard);
    expect(await isInStock()).toBe(false);
  });
});
