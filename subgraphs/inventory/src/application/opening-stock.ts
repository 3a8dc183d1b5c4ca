import type { Adjustment } from '../domain/adjustment.ts';
import type { Variant } from './ports.ts';

/** One in so many is out of stock, so that a demonstration can show what happens then. */
const outOfStockEvery = 17;

type Seeded = Pick<Variant, 'id' | 'sku'> & { readonly isStocked: boolean };

/** A plausible number of units for each variant without any, the same at every call with the same variants. */
export const openingStock = (variants: readonly Seeded[]): readonly Adjustment[] =>
  variants
    .toSorted((a, b) => (a.sku < b.sku ? -1 : 1))
    .filter(({ isStocked }, index) => !isStocked && (index + 1) % outOfStockEvery !== 0)
    .map(({ id, sku }) => ({
      variantId: id,
      locationId: null,
      delta: plausibleUnits(sku),
      kind: 'RECEIPT',
      reason: 'opening stock',
      idempotencyKey: `seed:${sku}`,
    }));

/** 12 to 211 units. */
const plausibleUnits = (sku: string): number => {
  let mixed = 0;
  for (const character of sku) mixed = (mixed * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return 12 + (mixed % 200);
};
