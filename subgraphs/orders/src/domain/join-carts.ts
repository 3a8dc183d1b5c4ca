/** Lines that come into a cart from elsewhere: a guest's, or those of an order that failed. */
import type { Id } from '@emporium/domain';
import { byVariant, type HeldLine, highestQuantity, mostLines } from './cart.ts';

/** Quantities add up and stop at the highest one; a line that is there keeps the price that it came at. */
const joined = (cart: readonly HeldLine[], more: readonly HeldLine[]): readonly HeldLine[] => {
  const held = new Map(byVariant(cart));
  for (const line of more) {
    const there = held.get(line.variantId);
    held.set(line.variantId, {
      variantId: line.variantId,
      quantity: (there?.quantity ?? 0) + line.quantity,
      priceAdded: there ? there.priceAdded : line.priceAdded,
    });
  }
  const touched = new Set(more.map(({ variantId }) => variantId));
  return [...held.values()].filter(({ variantId }) => touched.has(variantId));
};

const capped = (line: HeldLine): HeldLine => ({
  ...line,
  quantity: Math.min(line.quantity, highestQuantity),
});

/** The lines of an order that failed go back; where the sum would be too high, it stops at the highest quantity. */
export const putBack = (cart: readonly HeldLine[], returned: readonly HeldLine[]): readonly HeldLine[] =>
  joined(cart, returned).map(capped);

export type Merge =
  | {
      readonly ok: true;
      readonly lines: readonly HeldLine[];
      /** Of these there are fewer than in both carts together. */
      readonly capped: readonly Id<'Variant'>[];
    }
  | { readonly ok: false; readonly refusal: 'LINE_LIMIT' };

/**
 * What a guest had comes to the buyer's cart, whatever became of it meanwhile: what cannot be ordered is warned of, not lost.
 * Only where both together have too many lines nothing is done.
 */
export const mergeCarts = (cart: readonly HeldLine[], guest: readonly HeldLine[]): Merge => {
  const sums = joined(cart, guest);
  if (new Set([...cart, ...guest].map(({ variantId }) => variantId)).size > mostLines) {
    return { ok: false, refusal: 'LINE_LIMIT' };
  }
  const tooMany = sums.filter(({ quantity }) => quantity > highestQuantity);
  return { ok: true, lines: sums.map(capped), capped: tooMany.map(({ variantId }) => variantId) };
};
