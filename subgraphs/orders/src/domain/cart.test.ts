import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { addLines, causeOfSetting, highestQuantity, type Seen, setLine } from './cart.ts';
import type { CatalogVariant } from './catalogue.ts';
import { catalogueOf, gbp, jug, mug, tea } from './sample-order.ts';

const catalogue = catalogueOf(mug, tea, { ...jug, active: false });
const line = ({ id }: Pick<CatalogVariant, 'id'>, quantity: number) => ({ variantId: id, quantity });
/** As it is held: put in at the variant's price unless said otherwise. */
const held = (variant: CatalogVariant, quantity: number, priceAdded = variant.price) => ({
  ...line(variant, quantity),
  priceAdded,
});
const refused = (refusal: string, variantId?: string) => ({
  ok: false,
  refusal,
  ...(variantId && { variantId }),
});
const sets = (...events: ReturnType<typeof held>[]) => ({ ok: true, events });

describe('adding to a cart', () => {
  it('starts a line at today’s price', () =>
    expect(addLines([], [line(mug, 2)], catalogue, null)).toEqual(sets(held(mug, 2))));
  it('adds to the quantity that is there, and keeps the price that it came at', () =>
    expect(addLines([held(mug, 2, gbp(700n))], [line(mug, 3)], catalogue, null)).toEqual(
      sets(held(mug, 5, gbp(700n))),
    ));
  it('sums lines of one variant', () =>
    expect(addLines([], [line(mug, 1), line(tea, 1), line(mug, 1)], catalogue, null)).toEqual(
      sets(held(mug, 2), held(tea, 1)),
    ));
  it('needs a variant that is known, and says which is not', () =>
    expect(addLines([], [line(mug, 1), { variantId: asId('gone'), quantity: 1 }], catalogue, null)).toEqual(
      refused('NOT_FOUND', 'gone'),
    ));
  it('needs a variant that is sold', () =>
    expect(addLines([], [line(jug, 1)], catalogue, null)).toEqual(refused('NOT_FOUND', jug.id)));
  it('goes up to the highest quantity', () => {
    expect(addLines([held(mug, highestQuantity - 1)], [line(mug, 1)], catalogue, null).ok).toBe(true);
    expect(addLines([held(mug, highestQuantity)], [line(tea, 1), line(mug, 1)], catalogue, null)).toEqual(
      refused('QUANTITY_LIMIT', mug.id),
    );
  });
  it('keeps to one currency', () => {
    const abroad = catalogueOf(mug, { ...tea, price: { minor: 1n, currency: 'USD' } });
    expect(addLines([held(mug, 1)], [line(tea, 1)], abroad, null)).toEqual(
      refused('CURRENCY_MISMATCH', tea.id),
    );
    expect(addLines([], [line(mug, 1), line(tea, 1)], abroad, null)).toEqual(
      refused('CURRENCY_MISMATCH', tea.id),
    );
  });
  it('goes on with a line whose price went to another currency', () => {
    const abroad = catalogueOf(mug, { ...tea, price: { minor: 1n, currency: 'USD' } });
    expect(addLines([held(mug, 1), held(tea, 1)], [line(tea, 1)], abroad, null)).toEqual(
      sets(held(tea, 2)),
    );
  });
  it('goes up to the highest number of lines', () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({
      ...mug,
      id: asId<'Variant'>(`variant ${index}`),
    }));
    const full = many.map((each) => held(each, 1));
    const everything = catalogueOf(mug, ...many);
    expect(addLines([], full, everything, null).ok).toBe(true);
    expect(addLines(full, [line(mug, 1)], everything, null)).toEqual(refused('LINE_LIMIT'));
    expect(addLines(full, [line({ id: asId('variant 7') }, 1)], everything, null).ok).toBe(true);
  });
});

describe('a seller’s own cart', () => {
  const owner = mug.sellerId;
  it('takes none of their own goods', () => {
    expect(addLines([], [line(tea, 1), line(mug, 1)], catalogue, owner)).toEqual(
      refused('OWN_GOODS', mug.id),
    );
    expect(addLines([], [line(tea, 1)], catalogue, owner).ok).toBe(true);
  });
  it('lets go of those that came to it', () => {
    const seen = { version: null, quantity: null };
    const set = (quantity: number) =>
      setLine({ version: 7, lines: [held(mug, 2)] }, line(mug, quantity), seen, catalogue, owner);
    expect(set(3)).toEqual(refused('OWN_GOODS', mug.id));
    expect(set(0)).toEqual(sets(held(mug, 0)));
  });
});

describe('setting a line', () => {
  const set = (lines: ReturnType<typeof held>[], to: ReturnType<typeof line>, seen: Partial<Seen> = {}) =>
    setLine({ version: 7, lines }, to, { version: null, quantity: null, ...seen }, catalogue, null);

  it('replaces the quantity', () => expect(set([held(mug, 2)], line(mug, 3))).toEqual(sets(held(mug, 3))));
  it('changes nothing where it is so already', () =>
    expect(set([held(jug, 2)], line(jug, 2))).toEqual(sets()));
  it('removes at 0, even what is not sold any more', () =>
    expect(set([held(jug, 2)], line(jug, 0))).toEqual(sets(held(jug, 0))));
  it('has nothing to remove a second time', () => expect(set([], line(mug, 0))).toEqual(sets()));
  it('does not know a variant that nobody knows', () =>
    expect(set([], { variantId: asId('gone'), quantity: 0 })).toEqual(refused('NOT_FOUND', 'gone')));
  it('is refused to who saw another version of the cart', () => {
    expect(set([held(mug, 2)], line(mug, 3), { version: 7 }).ok).toBe(true);
    expect(set([held(mug, 2)], line(mug, 3), { version: 6 })).toEqual(refused('CART_CHANGED'));
  });
  it('is refused to who saw another quantity of the line', () => {
    expect(set([held(mug, 2)], line(mug, 3), { quantity: 2 }).ok).toBe(true);
    expect(set([held(mug, 2)], line(mug, 3), { quantity: 1 })).toEqual(refused('CART_CHANGED', mug.id));
    expect(set([], line(mug, 3), { quantity: 0 }).ok).toBe(true);
    expect(set([], line(mug, 3), { quantity: 2 })).toEqual(refused('CART_CHANGED', mug.id));
  });
  it('is called by what it does', () => {
    expect(causeOfSetting([held(mug, 2)], line(mug, 0))).toBe('REMOVED');
    expect(causeOfSetting([held(mug, 2)], line(mug, 1))).toBe('CHANGED');
    expect(causeOfSetting([], line(mug, 1))).toBe('ADDED');
  });
});
