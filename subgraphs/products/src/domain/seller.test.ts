import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { hearSeller, type Seller } from './seller.ts';

const seller = (version: number, active = true): Seller => ({
  id: asId('s'),
  displayName: null,
  active,
  version,
});

describe('hearing of a seller', () => {
  it('believes a higher version only', () => {
    expect(hearSeller(seller(2), seller(3)).isNews).toBe(true);
    expect(hearSeller(seller(2), seller(2, false))).toEqual({ isNews: false, variantsChange: false });
    expect(hearSeller(seller(2), seller(1, false))).toEqual({ isNews: false, variantsChange: false });
  });
  it('concerns the variants only when it stops or starts', () => {
    expect(hearSeller(seller(0), seller(1)).variantsChange).toBe(false);
    expect(hearSeller(seller(0), seller(1, false)).variantsChange).toBe(true);
    expect(hearSeller(seller(1, false), seller(2)).variantsChange).toBe(true);
  });
});
