import { describe, expect, it } from 'vitest';
import type { Entry } from './import-ports.ts';
import { sift } from './sift-entries.ts';

const nothing = { skus: new Map<string, number>(), keys: new Map<string, number>() };
const price = { minor: 1n, currency: 'GBP' };
const entry = (key: string | null, from: number, ...skus: string[]): Entry => ({
  key,
  rows: skus.map((sku, index) => ({ row: from + index, sku })),
  said: { ok: true, product: { title: 'Mug', variants: skus.map((sku) => ({ sku, price })) } },
});
const told = ({ offered, refused }: ReturnType<typeof sift>) => ({
  offered: offered.map(({ product }) => product.variants.map(({ sku }) => sku)),
  refused: refused.map(({ row, problem }) => [row, problem?.code]),
});

describe('what a file says', () => {
  it('twice counts once, within a product and across', () => {
    const all = sift([entry('mug', 2, 'A', 'B', 'A'), entry(null, 5, 'B'), entry(null, 6, 'C')], nothing);
    expect(told(all)).toEqual({
      offered: [['A', 'B'], ['C']],
      refused: [
        [4, 'DUPLICATE_SKU'],
        [5, 'DUPLICATE_SKU'],
      ],
    });
    expect(all.refused[1]?.problem?.message).toContain('row 3');
    const before = { ...nothing, skus: new Map([['C', 9]]) };
    expect(told(sift([entry(null, 10, 'C')], before))).toEqual({
      offered: [],
      refused: [[10, 'DUPLICATE_SKU']],
    });
  });

  it('of one product in two places counts in the first', () => {
    expect(told(sift([entry('mug', 2, 'A'), entry(null, 3, 'B'), entry('mug', 4, 'C')], nothing))).toEqual({
      offered: [['A'], ['B']],
      refused: [[4, 'SCATTERED_PRODUCT']],
    });
    const before = { ...nothing, keys: new Map([['mug', 2]]) };
    expect(told(sift([entry('mug', 9, 'D')], before)).refused).toEqual([[9, 'SCATTERED_PRODUCT']]);
  });
});
