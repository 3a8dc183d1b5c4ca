import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin, gbp, nobody, openShop, rival, type Shop, seller } from '../test-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop((await testDatabase('products')).url);
});
afterAll(() => shop.close());

let skus = 0;
let sku: string;
beforeEach(() => {
  sku = `MUG-${++skus}`;
});

const offer = (price: object) => shop.offer(seller, [{ title: 'Mug', variants: [{ sku, price }] }]);
const query = `query ($ids: [ID!]) {
  products(filter: { ids: $ids }) {
    edges { node { variants { lowestRecentPrice { amount currency } priceHistory { price { amount } since } } } }
  }
}`;
const pricesFor = async (as: typeof seller, ids: string[]) =>
  (await shop.ask(as, query, { ids })).data.products.edges.map(
    ({ node }: { node: { variants: object[] } }) => node.variants[0],
  );
/** Makes all prices of the variant so many days older. */
const age = (days: number) => shop.prisma.$executeRaw`
  UPDATE price_changes SET since = since - make_interval(days => ${days}::int)
  WHERE variant_id = (SELECT id FROM variants WHERE sku = ${sku})`;

describe('the prices of a variant', () => {
  it('are kept when they change, and only then', async () => {
    const [id = ''] = await offer(gbp('5'));
    await offer(gbp('5'));
    await offer(gbp('6.50'));
    const [{ priceHistory }] = await pricesFor(seller, [id]);
    expect(priceHistory.map(({ price }: { price: object }) => price)).toEqual([
      { amount: '6.50' },
      { amount: '5.00' },
    ]);
    expect(priceHistory[0].since >= priceHistory[1].since).toBe(true);
  });

  it('are for its seller and ADMIN', async () => {
    const ids = await offer(gbp('5'));
    for (const as of [nobody, rival])
      expect(await pricesFor(as, ids)).toMatchObject([{ priceHistory: null }]);
    expect((await pricesFor(admin, ids))[0].priceHistory).toHaveLength(1);
  });

  it('are one statement for many variants', async () => {
    const ids = await offer(gbp('5'));
    sku = `${sku}-2`;
    ids.push(...(await offer(gbp('6'))));
    shop.statements.length = 0;
    expect(await pricesFor(seller, ids)).toHaveLength(2);
    expect(shop.statements.filter((sql) => sql.includes('price_changes'))).toHaveLength(2);
  });
});

describe('the lowest recent price', () => {
  const lowest = async (id: string) => (await pricesFor(nobody, [id]))[0].lowestRecentPrice;

  it('is the lowest that was asked during 30 days', async () => {
    const [id = ''] = await offer(gbp('8'));
    await age(40);
    await offer(gbp('5'));
    await age(20);
    await offer(gbp('9'));
    expect(await lowest(id)).toEqual(gbp('5.00'));
    await age(20);
    // The price of 9 is 20 days old, and that of 5 ended then; that of 8 ended 40 days ago.
    expect(await lowest(id)).toEqual(gbp('5.00'));
    await age(20);
    expect(await lowest(id)).toEqual(gbp('9.00'));
  });

  it('counts a price that began before and was asked until within them', async () => {
    const [id = ''] = await offer(gbp('5'));
    await age(100);
    await offer(gbp('9'));
    expect(await lowest(id)).toEqual(gbp('5.00'));
  });

  it('counts no price at which it was off sale, and history shows no change where there was none', async () => {
    const draft = { title: 'Mug', status: 'DRAFT', variants: [{ sku, price: gbp('1') }] };
    const [id = ''] = await shop.offer(seller, [draft]);
    const become = (status: 'ACTIVE' | 'ARCHIVED') =>
      shop.app.setProductStatus(id, status, seller as never);
    await age(1);
    await offer(gbp('9'));
    await age(1);
    await become('ACTIVE');
    expect(await lowest(id)).toEqual(gbp('9.00'));
    await age(1);
    await become('ARCHIVED');
    await offer(gbp('2'));
    await age(1);
    await offer(gbp('8'));
    await become('ACTIVE');
    expect(await lowest(id)).toEqual(gbp('8.00'));
    const [{ priceHistory }] = await pricesFor(seller, [id]);
    expect(priceHistory.map(({ price }: { price: { amount: string } }) => price.amount)).toEqual([
      '8.00',
      '2.00',
      '9.00',
      '1.00',
    ]);
  });

  it('is of the present currency', async () => {
    const [id = ''] = await offer(gbp('5'));
    await offer({ amount: '700', currency: 'INR' });
    expect(await lowest(id)).toEqual({ amount: '700.00', currency: 'INR' });
  });
});
