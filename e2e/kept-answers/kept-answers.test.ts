import { type Client, dataOf } from '@emporium/client';
import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';

const shop = openShop(wholeGraph().gatewayUrl);
const document = /* GraphQL */ `
  query ($id: ID!) { product(id: $id) { id title variants { id price { amount } } } }
`;
type Product = { title: string; variants: { price: { amount: string } }[] } | null;

/** What somebody who is not signed in sees, and since how many seconds it is kept; null when it is new. */
const look = async (id: string) => {
  const response = await fetch(`${wholeGraph().gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables: { id } }),
  });
  const { data } = (await response.json()) as { data: { product: Product } };
  return { product: data.product, age: response.headers.get('age') };
};
const priceOf = (product: Product) => product?.variants[0]?.price.amount;
const keep = (id: string) => eventually(async () => expect((await look(id)).age).not.toBeNull());

const revise = (seller: Client, sku: string, amount: string) =>
  shop.ask(
    seller,
    'mutation ($input: BulkUpsertInput!) { bulkUpsertProducts(input: $input) { __typename } }',
    { input: { products: [{ title: 'Kept', variants: [{ sku, price: { amount, currency: 'GBP' } }] }] } },
  );

describe('a product that was just looked at', () => {
  it('is fresh within a second of its change', async () => {
    const seller = await shop.newSeller();
    const { productId, variantId, sku } = await shop.newArticle(seller, { stock: 0 });
    await keep(productId);

    await shop.ask(
      seller,
      'mutation ($input: VariantPriceInput!) { updateVariantPrice(input: $input) { __typename } }',
      { input: { variantId, price: { amount: '13.00', currency: 'GBP' } } },
    );
    expect(priceOf((await look(productId)).product)).toBe('13.00');

    await keep(productId);
    await revise(seller, sku, '14.00');
    const changedAt = Date.now();
    await eventually(async () => expect(priceOf((await look(productId)).product)).toBe('14.00'));
    expect(Date.now() - changedAt).toBeLessThan(1_000);
  });

  it('and is off sale now is seen by its seller alone', async () => {
    const seller = await shop.newSeller();
    const { productId } = await shop.newArticle(seller, { stock: 0 });
    await keep(productId);
    await shop.ask(
      seller,
      'mutation ($input: ProductStatusInput!) { setProductStatus(input: $input) { __typename } }',
      { input: { productId, status: 'ARCHIVED' } },
    );
    for (let times = 0; times < 3; times += 1) {
      const own = dataOf(await seller.request<{ product: Product }>(document, { id: productId }));
      expect(own.product).not.toBeNull();
      expect((await look(productId)).product).toBeNull();
    }
  });
});
