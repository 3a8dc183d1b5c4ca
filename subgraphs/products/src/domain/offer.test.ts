import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { type Offer, offerAgain, offerNew, type Shop } from './offer.ts';
import { evolveAll, type Product } from './product.ts';

const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
const variant = (sku: string, minor = 850n) => ({
  id: asId<'Variant'>(`id of ${sku}`),
  sku,
  price: gbp(minor),
});
const mug: Offer = {
  productId: asId('new'),
  sellerId: asId('seller'),
  title: 'Blue mug',
  variants: [variant('MUG')],
};
const emptyShop: Shop = {
  bySku: new Map(),
  categories: new Map([['kitchen', asId<'Category'>('k')]]),
  freeSlug: 'blue-mug',
};
const offered = (offer: Offer): Product => {
  const decision = offerNew(offer, emptyShop);
  const product = decision.ok ? evolveAll(null, decision.events) : null;
  if (!product) throw new Error('refused');
  return product;
};
const shopWith = (...products: Product[]): Shop => ({
  ...emptyShop,
  bySku: new Map(products.flatMap((product) => product.variants.map(({ sku }) => [sku, product]))),
});
const known = offered({ ...mug, description: 'By hand.', categorySlug: 'kitchen' });

describe('offering what must be new', () => {
  it('starts at version 1, on sale, under a free slug', () => {
    expect(offerNew(mug, { ...emptyShop, freeSlug: 'blue-mug-2' })).toMatchObject({
      ok: true,
      events: [
        {
          type: 'Offered',
          product: {
            id: 'new',
            slug: 'blue-mug-2',
            status: 'ACTIVE',
            description: null,
            categoryId: null,
            variants: [{ sku: 'MUG', title: null, version: 1 }],
          },
        },
      ],
    });
  });
  it('is refused for a SKU that is there, even one’s own', () =>
    expect(offerNew(mug, shopWith(known))).toEqual({ ok: false, refusal: 'SKU_TAKEN' }));
  it('is refused for an unknown category', () =>
    expect(offerNew({ ...mug, categorySlug: 'attic' }, emptyShop)).toEqual({
      ok: false,
      refusal: 'CATEGORY_UNKNOWN',
    }));
});

describe('offering what may be known', () => {
  const again = (offer: Partial<Offer>, shop = shopWith(known)) => offerAgain({ ...mug, ...offer }, shop);
  const yields = (...events: object[]) => ({ ok: true, events });

  it('is like new when it is', () => expect(again({}, emptyShop)).toEqual(offerNew(mug, emptyShop)));
  it('changes nothing when all is said already', () => expect(again({})).toEqual(yields()));
  it('changes a price', () =>
    expect(again({ variants: [variant('MUG', 900n)] })).toEqual(
      yields({ type: 'VariantRevised', variantId: 'id of MUG', title: null, price: gbp(900n) }),
    ));
  it('changes a title and keeps what is left out', () =>
    expect(again({ title: 'Cup' })).toEqual(
      yields({ type: 'Revised', title: 'Cup', description: 'By hand.', categoryId: 'k' }),
    ));
  it('clears what is null', () =>
    expect(again({ description: null, categorySlug: null })).toEqual(
      yields({ type: 'Revised', title: 'Blue mug', description: null, categoryId: null }),
    ));
  it('adds a variant', () =>
    expect(again({ variants: [variant('MUG'), variant('CUP')] })).toMatchObject(
      yields({ type: 'VariantAdded', variant: { sku: 'CUP', version: 1 } }),
    ));
  it('changes details that are said, and keeps the others', () =>
    expect(again({ tags: ['cups'] })).toEqual(
      yields({ type: 'Detailed', tags: ['cups'], specifications: [] }),
    ));
  describe('with options', () => {
    const blue = { ...variant('MUG'), options: [{ name: 'Colour', value: 'Blue' }] };
    const red = { ...variant('CUP'), options: [{ name: 'Colour', value: 'Red' }] };
    const optioned = shopWith(offered({ ...mug, options: ['Colour'], variants: [blue] }));
    it('is new when it is', () =>
      expect(again({ options: ['Colour'], variants: [blue] }, emptyShop)).toMatchObject(
        yields({ type: 'Offered', product: { options: ['Colour'], variants: [{ options: ['Blue'] }] } }),
      ));
    it('keeps what is left out', () => expect(again({}, optioned)).toEqual(yields()));
    it('sets them on what is known and what is added', () =>
      expect(again({ options: ['Colour'], variants: [blue, red] })).toEqual(
        yields(
          { type: 'OptionsSet', options: ['Colour'], values: [['Blue']] },
          { type: 'VariantAdded', variant: expect.objectContaining({ sku: 'CUP', options: ['Red'] }) },
        ),
      ));
    it.each([
      ['a known variant has none', { options: ['Colour'], variants: [variant('MUG')] }, shopWith(known)],
      ['an added one has none', { variants: [blue, variant('CUP')] }, optioned],
      ['an added one is like a known one', { variants: [blue, { ...blue, sku: 'CUP' }] }, optioned],
      ['the product has none', { variants: [blue] }, shopWith(known)],
      ['a new one has none', { options: ['Colour'] }, emptyShop],
    ])('is refused where %s', (_what, offer, shop) =>
      expect(again(offer, shop)).toEqual({ ok: false, refusal: 'OPTIONS_MISMATCH' }),
    );
  });
  it('is refused for a SKU of another seller', () =>
    expect(again({ sellerId: asId('rival') })).toEqual({ ok: false, refusal: 'SKU_TAKEN' }));
  it('is refused when its SKUs belong to two products', () => {
    const cup = { ...offered({ ...mug, variants: [variant('CUP')] }), id: asId<'Product'>('cup') };
    expect(again({ variants: [variant('MUG'), variant('CUP')] }, shopWith(known, cup))).toEqual({
      ok: false,
      refusal: 'SKU_TAKEN',
    });
  });
  it('is refused beyond 100 variants', () => {
    const more = (count: number) => Array.from({ length: count }, (_, index) => variant(`V${index}`));
    expect(again({ variants: [variant('MUG'), ...more(99)] }).ok).toBe(true);
    expect(again({ variants: [variant('MUG'), ...more(100)] })).toEqual({
      ok: false,
      refusal: 'TOO_MANY_VARIANTS',
    });
  });
});
