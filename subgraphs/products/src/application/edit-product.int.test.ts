import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NewShop, openNewShop } from '../new-shop-under-test.ts';
import { admin, buyer, gbp, nobody, rival, seller } from '../test-shop.ts';

const reprice = `mutation ($variantId: ID!, $price: MoneyInput!) {
  updateVariantPrice(input: { variantId: $variantId, price: $price }) {
    __typename
    ... on Product { variants { sku price { amount } } }
    ... on ProductRefusal { code }
  }
}`;

const setStatus = `mutation ($productId: ID!, $status: ProductStatus!) {
  setProductStatus(input: { productId: $productId, status: $status }) {
    __typename
    ... on Product { status }
    ... on ProductRefusal { code }
  }
}`;

describe('changing a product', () => {
  let shop: NewShop;
  let productId: string;
  let variantId: string;
  beforeAll(async () => {
    shop = await openNewShop();
  });
  beforeEach(async () => {
    await shop.clear();
    const variants = ['A', 'B'].map((sku) => ({ sku, price: gbp('5') }));
    [productId = ''] = await shop.offer(seller, [{ title: 'Mug', variants }]);
    variantId = (await shop.prisma.variant.findUniqueOrThrow({ where: { sku: 'A' } })).id;
  });
  afterAll(() => shop.close());

  const repriceAs = async (as: typeof seller, amount: string, id = variantId) =>
    (await shop.ask(as, reprice, { variantId: id, price: gbp(amount) })).data.updateVariantPrice;

  it('tells the new price with a higher version, and answers with it', async () => {
    expect(await repriceAs(seller, '6.25')).toMatchObject({
      variants: [
        { sku: 'A', price: { amount: '6.25' } },
        { sku: 'B', price: { amount: '5.00' } },
      ],
    });
    const [, news] = await shop.told();
    expect(news).toMatchObject([{ sku: 'A', price: { minor: '625', currency: 'GBP' }, version: 2 }]);
  });

  it('tells nothing when the price is the same', async () => {
    expect(await repriceAs(seller, '5')).toMatchObject({ __typename: 'Product' });
    expect(await shop.told()).toHaveLength(1);
  });

  it('keeps every one of many changes at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, index) => repriceAs(seller, `${index + 10}`)));
    const versions = (await shop.told()).slice(1).map(([news]) => news.version);
    expect(versions.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('shows each of two changes in one request', async () => {
    const { data } = await shop.ask(
      seller,
      `mutation ($id: ID!) {
        one: updateVariantPrice(input: { variantId: $id, price: { amount: "1", currency: "GBP" } }) { ...price }
        two: updateVariantPrice(input: { variantId: $id, price: { amount: "2", currency: "GBP" } }) { ...price }
      }
      fragment price on Product { variants { price { amount } } }`,
      { id: variantId },
    );
    expect(data.one.variants[0].price.amount).toBe('1.00');
    expect(data.two.variants[0].price.amount).toBe('2.00');
  });

  it('is for its seller and ADMIN; to others it does not exist', async () => {
    expect(await repriceAs(rival, '1')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await repriceAs(buyer, '1')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await repriceAs(seller, '1', 'no\0such')).toMatchObject({ code: 'NOT_FOUND' });
    const { errors } = await shop.ask(nobody, reprice, { variantId, price: gbp('1') });
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await shop.told()).toHaveLength(1);
    expect(await repriceAs(admin, '1')).toMatchObject({ __typename: 'Product' });
  });

  it('refuses a price that nobody can pay', async () => {
    const { errors } = await shop.ask(seller, reprice, { variantId, price: gbp('0') });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.price' });
  });

  it('goes off sale, for all but its seller and ADMIN, and comes back', async () => {
    const statusAs = async (as: typeof seller, status: string) =>
      (await shop.ask(as, setStatus, { productId, status })).data.setProductStatus;
    const sees = async (as: typeof seller) => {
      const { data } = await shop.ask(
        as,
        `query ($productId: ID!) {
          product(id: $productId) { id } products { edges { node { id } } } search(query: "mug") { totalCount }
        }`,
        { productId },
      );
      return [data.product !== null, data.products.edges.length === 1, data.search.totalCount === 1];
    };
    expect(await statusAs(rival, 'ARCHIVED')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await statusAs(seller, 'ARCHIVED')).toMatchObject({ status: 'ARCHIVED' });
    expect((await shop.told())[1]).toMatchObject([
      { sku: 'A', active: false, version: 2 },
      { sku: 'B', active: false, version: 2 },
    ]);
    for (const as of [nobody, buyer, rival]) expect(await sees(as)).toEqual([false, false, false]);
    for (const as of [seller, admin]) expect(await sees(as)).toEqual([true, true, true]);
    await statusAs(seller, 'ACTIVE');
    expect((await shop.told())[2]).toMatchObject([{ active: true, version: 3 }, { version: 3 }]);
    expect(await sees(nobody)).toEqual([true, true, true]);
  });
});
