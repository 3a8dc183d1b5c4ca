import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { changedVariants, evolve, keepsCurrency, lowestPrice, type Product } from './product.ts';
import { factsOf } from './variant-facts.ts';

const variant = (sku: string, minor: bigint, currency = 'GBP') => ({
  id: asId<'Variant'>(sku),
  sku,
  title: null,
  price: { minor, currency },
  options: [],
  active: true,
  version: 1,
});
const product: Product = {
  id: asId('mug'),
  sellerId: asId('seller'),
  slug: 'mug',
  title: 'Mug',
  description: null,
  categoryId: null,
  status: 'ACTIVE',
  tags: [],
  specifications: [],
  options: [],
  images: [],
  variants: [variant('A', 500n), variant('B', 400n), variant('C', 1n, 'EUR')],
  version: 1,
};
const skusThatChange = (event: Parameters<typeof evolve>[1]) =>
  changedVariants(product, evolve(product, event)).map(({ sku }) => sku);

it('rises with each change', () =>
  expect(evolve(product, { type: 'Renamed', slug: 'cup' })).toEqual({
    ...product,
    slug: 'cup',
    version: 2,
  }));

describe('what others must hear of', () => {
  it('is every variant of a product with a new title', () =>
    expect(skusThatChange({ type: 'Revised', title: 'Cup', description: null, categoryId: null })).toEqual([
      'A',
      'B',
      'C',
    ]));
  it('is nothing when only the description is new', () =>
    expect(skusThatChange({ type: 'Revised', title: 'Mug', description: 'New', categoryId: null })).toEqual(
      [],
    ));
  it('is every variant of a product that goes off sale', () =>
    expect(skusThatChange({ type: 'StatusChanged', status: 'ARCHIVED' })).toEqual(['A', 'B', 'C']));
  it('is one variant with a new price', () =>
    expect(
      skusThatChange({
        type: 'VariantRevised',
        variantId: asId('B'),
        title: null,
        price: { minor: 9n, currency: 'GBP' },
      }),
    ).toEqual(['B']));
  it('is each variant that has other options', () =>
    expect(
      skusThatChange({
        type: 'OptionsSet',
        options: ['Size'],
        values: [['S'], [], ['L']],
      }),
    ).toEqual(['A', 'C']));
  it('is nothing when only the details are new', () =>
    expect(skusThatChange({ type: 'Detailed', tags: ['cups'], specifications: [] })).toEqual([]));
  it('is nothing when only the slug is new', () =>
    expect(skusThatChange({ type: 'Renamed', slug: 'cup' })).toEqual([]));
  it('is everything about a new product', () => expect(changedVariants(null, product)).toHaveLength(3));
  it('says whether it is on sale, and its own title after the product’s', () => {
    const blue = { ...variant('A', 1n), title: 'blue' };
    const facts = (status: Product['status'], isSellerActive: boolean) =>
      factsOf({ ...product, status }, [blue], isSellerActive)[0];
    expect(facts('ACTIVE', true)).toMatchObject({ title: 'Mug, blue', active: true });
    expect(factsOf(product, [{ ...variant('A', 1n), options: ['L', 'Blue'] }], true)[0]?.title).toBe(
      'Mug, L, Blue',
    );
    expect(facts('ARCHIVED', true)).toMatchObject({ active: false });
    expect(facts('ACTIVE', false)).toMatchObject({ active: false });
    expect(factsOf(product, [{ ...blue, active: false }], true)[0]).toMatchObject({ active: false });
  });
});

it('the lowest price is the lowest in the first variant’s currency', () =>
  expect(lowestPrice(product)).toEqual({ minor: 400n, currency: 'GBP' }));

it('the lowest price is of what is sold', () => {
  const [a, b] = product.variants;
  if (!(a && b)) throw new Error('no variants');
  const variants = [a, { ...b, active: false }];
  expect(lowestPrice({ ...product, variants })).toEqual({ minor: 500n, currency: 'GBP' });
});

it('keeps its currency, and is not held to what it never kept', () => {
  const [a, b] = product.variants;
  if (!(a && b)) throw new Error('no variants');
  expect(keepsCurrency(null, { variants: [a, b] })).toBe(true);
  expect(keepsCurrency({ ...product, variants: [a] }, product)).toBe(false);
  expect(keepsCurrency(product, product)).toBe(true);
});

it('nothing can happen to a product that was never offered', () =>
  expect(() => evolve(null, { type: 'StatusChanged', status: 'ARCHIVED' })).toThrow(TypeError));
