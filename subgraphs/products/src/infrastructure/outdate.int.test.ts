import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NewShop, openNewShop } from '../new-shop-under-test.ts';
import { admin, gbp, seller } from '../test-shop.ts';

let shop: NewShop;
beforeAll(async () => {
  shop = await openNewShop();
});
beforeEach(async () => {
  await shop.clear();
});
afterAll(() => shop.close());

const mug = (title: string, sku: string) => ({ title, variants: [{ sku, price: gbp('5') }] });
const allOf = (typename: string) => ({ typename, key: null });

describe('answers are out of date', () => {
  it('about a product, its variants and its seller, once it is offered or has changed', async () => {
    const [id = ''] = await shop.offer(seller, [mug('Mug', 'M')]);
    const variant = await shop.prisma.variant.findUniqueOrThrow({ where: { sku: 'M' } });
    const news = [
      { typename: 'Product', key: id },
      { typename: 'ProductVariant', key: variant.id },
      { typename: 'Seller', key: seller.id },
    ];
    expect(await shop.outdated()).toEqual(news);

    await shop.ask(
      seller,
      'mutation ($input: VariantPriceInput!) { updateVariantPrice(input: $input) { __typename } }',
      { input: { variantId: variant.id, price: gbp('6') } },
    );
    expect(await shop.outdated()).toEqual([...news, ...news]);
  });

  it('not when nothing has changed', async () => {
    await shop.offer(seller, [mug('Mug', 'M')]);
    const before = await shop.outdated();
    await shop.offer(seller, [mug('Mug', 'M')]);
    expect(await shop.outdated()).toEqual(before);
  });

  it('of whole types when very many have changed', async () => {
    const many = Array.from({ length: 101 }, (_, index) => mug(`Mug ${index}`, `M-${index}`));
    await shop.offer(seller, many);
    expect(await shop.outdated()).toEqual(['Product', 'ProductVariant', 'Seller'].map(allOf));
  });

  it('about all products when a seller stops', async () => {
    await shop.hear('seller-3', 'Potter', false, 1);
    expect(await shop.outdated()).toEqual([
      allOf('Product'),
      allOf('ProductVariant'),
      { typename: 'Seller', key: 'seller-3' },
    ]);
  });

  it('about all categories when one is new', async () => {
    await shop.ask(admin, 'mutation { createCategory(input: { name: "Mugs" }) { __typename } }');
    expect(await shop.outdated()).toEqual([allOf('Category')]);
  });
});
