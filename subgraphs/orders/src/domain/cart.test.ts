import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { addLines, highestQuantity, putBack, setLine } from './cart.ts';
import { catalogueOf, jug, mug, tea } from './sample-order.ts';

const catalogue = catalogueOf(mug, tea, { ...jug, active: false });
const line = ({ id }: { id: typeof mug.id }, quantity: number) => ({ variantId: id, quantity });
const refused = (refusal: string) => ({ ok: false, refusal });
const sets = (...events: ReturnType<typeof line>[]) => ({ ok: true, events });

describe('adding to a cart', () => {
  it('starts a line', () => expect(addLines([], [line(mug, 2)], catalogue)).toEqual(sets(line(mug, 2))));
  it('adds to the quantity that is there', () =>
    expect(addLines([line(mug, 2)], [line(mug, 3)], catalogue)).toEqual(sets(line(mug, 5))));
  it('sums lines of one variant', () =>
    expect(addLines([], [line(mug, 1), line(tea, 1), line(mug, 1)], catalogue)).toEqual(
      sets(line(mug, 2), line(tea, 1)),
    ));
  it('needs a variant that is known', () =>
    expect(addLines([], [line(mug, 1), { variantId: asId('gone'), quantity: 1 }], catalogue)).toEqual(
      refused('NOT_FOUND'),
    ));
  it('needs a variant that is sold', () =>
    expect(addLines([], [line(jug, 1)], catalogue)).toEqual(refused('NOT_FOUND')));
  it('goes up to the highest quantity', () => {
    expect(addLines([line(mug, highestQuantity - 1)], [line(mug, 1)], catalogue).ok).toBe(true);
    expect(addLines([line(mug, highestQuantity)], [line(mug, 1)], catalogue)).toEqual(
      refused('QUANTITY_LIMIT'),
    );
  });
  it('keeps to one currency', () => {
    const abroad = catalogueOf(mug, { ...tea, price: { minor: 1n, currency: 'USD' } });
    expect(addLines([line(mug, 1)], [line(tea, 1)], abroad)).toEqual(refused('CURRENCY_MISMATCH'));
  });
  it('goes up to the highest number of lines', () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({
      ...mug,
      id: asId<'Variant'>(`variant ${index}`),
    }));
    const full = many.map((each) => line(each, 1));
    expect(addLines([], full, catalogueOf(...many)).ok).toBe(true);
    expect(addLines(full, [line(mug, 1)], catalogueOf(mug, ...many))).toEqual(refused('LINE_LIMIT'));
  });
});

describe('setting a line', () => {
  it('replaces the quantity', () =>
    expect(setLine([line(mug, 2)], line(mug, 3), catalogue)).toEqual(sets(line(mug, 3))));
  it('removes at 0, even what is not sold any more', () =>
    expect(setLine([line(jug, 2)], line(jug, 0), catalogue)).toEqual(sets(line(jug, 0))));
  it('removes what was removed already', () =>
    expect(setLine([], line(mug, 0), catalogue)).toEqual(sets(line(mug, 0))));
  it('does not know a variant that nobody knows', () =>
    expect(setLine([], { variantId: asId('gone'), quantity: 0 }, catalogue)).toEqual(refused('NOT_FOUND')));
});

describe('lines that come back', () => {
  it('join what is there', () =>
    expect(putBack([line(mug, 1)], [line(mug, 2), line(tea, 1)])).toEqual([line(mug, 3), line(tea, 1)]));
  it('stop at the highest quantity', () =>
    expect(putBack([line(mug, highestQuantity)], [line(mug, 1)])).toEqual([line(mug, highestQuantity)]));
});
