import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { highestQuantity } from './cart.ts';
import type { CatalogVariant } from './catalogue.ts';
import { mergeCarts, putBack } from './join-carts.ts';
import { gbp, jug, mug, tea } from './sample-order.ts';

const held = (
  { id, price }: Pick<CatalogVariant, 'id' | 'price'>,
  quantity: number,
  priceAdded = price,
) => ({
  variantId: id,
  quantity,
  priceAdded,
});

describe('lines that come back', () => {
  it('join what is there, at the price that each came at first', () =>
    expect(putBack([held(mug, 1, gbp(700n))], [held(mug, 2), held(tea, 1, gbp(300n))])).toEqual([
      held(mug, 3, gbp(700n)),
      held(tea, 1, gbp(300n)),
    ]));
  it('are summed where an order had a variant twice', () =>
    expect(putBack([], [held(mug, 2), held(mug, 1)])).toEqual([held(mug, 3)]));
  it('stop at the highest quantity', () =>
    expect(putBack([held(mug, highestQuantity)], [held(mug, 1)])).toEqual([held(mug, highestQuantity)]));
});

describe('a guest’s cart', () => {
  it('joins the buyer’s, and touches nothing that it does not have', () =>
    expect(mergeCarts([held(mug, 1), held(jug, 1)], [held(mug, 2), held(tea, 1)])).toEqual({
      ok: true,
      lines: [held(mug, 3), held(tea, 1)],
      capped: [],
    }));
  it('may have had nothing', () =>
    expect(mergeCarts([held(mug, 1)], [])).toEqual({ ok: true, lines: [], capped: [] }));
  it('says what did not fit into a line', () =>
    expect(
      mergeCarts([held(mug, highestQuantity - 1), held(tea, 1)], [held(mug, 2), held(tea, 1)]),
    ).toEqual({
      ok: true,
      lines: [held(mug, highestQuantity), held(tea, 2)],
      capped: [mug.id],
    }));
  it('stays where it is when both together have too many lines', () => {
    const many = (name: string) =>
      Array.from({ length: 1001 }, (_, index) => held({ ...mug, id: asId(`${name} ${index}`) }, 1));
    expect(mergeCarts(many('mine'), many('theirs'))).toEqual({ ok: false, refusal: 'LINE_LIMIT' });
    expect(mergeCarts(many('mine'), many('mine')).ok).toBe(true);
  });
});
