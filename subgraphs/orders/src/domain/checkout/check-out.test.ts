import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { cartCheckout, catalogueOf, gbp, grocer, jug, mug, potter, tea, total } from '../sample-order.ts';
import { type CartCheckout, checkOut, sellersIn } from './check-out.ts';

const outcomeOf = (changed: Partial<CartCheckout> = {}) => {
  const checkedOut = checkOut({ ...cartCheckout, ...changed });
  return checkedOut.ok ? checkedOut.quote.amounts.total : checkedOut.refusal;
};

describe('checking a cart out', () => {
  it('takes it at today’s prices', () => expect(outcomeOf()).toEqual(total));
  it('needs something in the cart', () => expect(outcomeOf({ cart: [] })).toEqual({ code: 'EMPTY_CART' }));
  it('needs every line to be sold', () =>
    expect(outcomeOf({ catalogue: catalogueOf(mug, jug, { ...tea, active: false }) })).toEqual({
      code: 'UNAVAILABLE',
      variantIds: ['tea'],
    }));
  it('needs every line to be known', () =>
    expect(outcomeOf({ catalogue: catalogueOf(mug) })).toEqual({
      code: 'UNAVAILABLE',
      variantIds: ['tea', 'jug'],
    }));
  it('is not of one’s own goods', () =>
    expect(outcomeOf({ buyerId: potter.id })).toEqual({ code: 'OWN_GOODS', variantIds: ['mug', 'jug'] }));
  it('has one currency', () =>
    expect(
      outcomeOf({
        catalogue: catalogueOf(mug, jug, { ...tea, price: { minor: 335n, currency: 'USD' } }),
      }),
    ).toEqual({ code: 'CURRENCY_MISMATCH' }));
  it('goes ahead when the total is the expected one', () =>
    expect(outcomeOf({ expectedTotal: total })).toEqual(total));
  it.each([gbp(4704n), gbp(4706n), { ...total, currency: 'USD' }])(
    'stops when the total is not the expected one, and says what it is',
    (expectedTotal) => expect(outcomeOf({ expectedTotal })).toEqual({ code: 'PRICE_CHANGED', total }),
  );
  it('has a highest total', () =>
    expect(outcomeOf({ catalogue: catalogueOf(mug, jug, { ...tea, price: gbp(10n ** 12n) }) })).toEqual({
      code: 'TOTAL_LIMIT',
    }));
  it('has a highest number of lines', () =>
    expect(
      outcomeOf({
        cart: Array.from({ length: 2001 }, (_, index) => ({ variantId: asId(`${index}`), quantity: 1 })),
      }),
    ).toEqual({ code: 'LINE_LIMIT' }));
  it('knows beforehand who will ship', () =>
    expect(sellersIn(cartCheckout.cart, cartCheckout.catalogue)).toEqual([potter.id, grocer.id]));
  it('taxes a line by its category', () => {
    const rule = { version: 1, name: 'VAT', region: null, inclusive: false };
    const taxes = [
      { ...rule, id: asId<'TaxRule'>('a'), category: 'STANDARD', ratePpm: 200_000 },
      { ...rule, id: asId<'TaxRule'>('b'), category: 'FOOD', ratePpm: 0 },
    ];
    const rules = { ...cartCheckout.rules, taxes };
    expect(outcomeOf({ rules, taxCategories: new Map([[tea.id, 'FOOD']]) })).toEqual(gbp(5445n));
  });
});
