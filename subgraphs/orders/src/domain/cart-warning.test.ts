import { describe, expect, it } from 'vitest';
import { type LineFacts, warningsOf } from './cart-warning.ts';
import { gbp, mug } from './sample-order.ts';

const facts = (changed: Partial<LineFacts> = {}): LineFacts => ({
  variantId: mug.id,
  quantity: 3,
  unitPrice: gbp(850n),
  priceAdded: gbp(850n),
  isSold: true,
  isSellerSuspended: false,
  isOwn: false,
  stock: 3,
  ...changed,
});
const warned = (changed: Partial<LineFacts>) =>
  warningsOf([facts(), facts(changed)], 'GBP').map(({ variantId, ...warning }) => warning);

describe('a cart warns', () => {
  it('of nothing while all is as it was', () => expect(warned({})).toEqual([]));
  it('of another price, up or down', () => {
    expect(warned({ priceAdded: gbp(800n) })).toEqual([
      { code: 'PRICE_CHANGED', was: gbp(800n), now: gbp(850n) },
    ]);
    expect(warned({ unitPrice: gbp(1n) })).toEqual([
      { code: 'PRICE_CHANGED', was: gbp(850n), now: gbp(1n) },
    ]);
  });
  it('of what its owner sells, and of nothing else then', () =>
    expect(warned({ isOwn: true, priceAdded: gbp(800n) })).toEqual([{ code: 'OWN_GOODS' }]));
  it('of no price where nobody knows what it was', () => expect(warned({ priceAdded: null })).toEqual([]));
  it('of less than it holds, and of no stock that it has not heard of', () => {
    expect(warned({ stock: 2 })).toEqual([{ code: 'SHORT_OF_STOCK', available: 2 }]);
    expect(warned({ stock: 0 })).toEqual([{ code: 'SHORT_OF_STOCK', available: 0 }]);
    expect(warned({ stock: null })).toEqual([]);
  });
  it('of another currency', () => {
    const usd = { minor: 850n, currency: 'USD' };
    expect(warned({ unitPrice: usd, priceAdded: usd })).toEqual([{ code: 'CURRENCY_DIFFERS' }]);
  });
  it('of what is not sold, by its reason alone', () => {
    expect(warned({ isSold: false, stock: 0, priceAdded: gbp(1n) })).toEqual([{ code: 'NO_LONGER_SOLD' }]);
    expect(warned({ isSold: false, isSellerSuspended: true })).toEqual([{ code: 'SELLER_SUSPENDED' }]);
    // The seller's news was faster than the catalogue's.
    expect(warned({ isSellerSuspended: true })).toEqual([{ code: 'SELLER_SUSPENDED' }]);
  });
});
