import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { openingStock } from './opening-stock.ts';

const variants = Array.from({ length: 40 }, (_, index) => ({
  id: asId<'Variant'>(`v${index}`),
  sku: `SKU-${String(index).padStart(3, '0')}`,
  isStocked: false,
}));

describe('opening stock', () => {
  it('leaves every seventeenth variant out', () => {
    const stocked = new Set(openingStock(variants).map(({ variantId }) => variantId));
    expect(variants.filter(({ id }) => !stocked.has(id)).map(({ sku }) => sku)).toEqual([
      'SKU-016',
      'SKU-033',
    ]);
  });
  it('is for those without any', () => {
    const stocked = variants.map((each) => ({
      ...each,
      isStocked: each.sku !== 'SKU-001' && each.sku !== 'SKU-016',
    }));
    expect(openingStock(stocked).map(({ idempotencyKey }) => idempotencyKey)).toEqual(['seed:SKU-001']);
  });
  it('is plausible, and the same whatever the order in which variants were heard of', () => {
    const stock = openingStock(variants);
    expect(stock.every(({ delta }) => delta >= 12 && delta <= 211)).toBe(true);
    expect(new Set(stock.map(({ delta }) => delta)).size).toBeGreaterThan(10);
    expect(openingStock(variants.toReversed())).toEqual(stock);
  });
});
