import { asId } from '@emporium/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.ts';
import type { Amounts, Quote } from './quote.ts';
import { type Checkout, quoteCheckout } from './quote-checkout.ts';
import type { Benefit, CheckoutRules, Promotion, ShippingRate } from './rules.ts';

const sellers = ['ann', 'bob', 'cat'].map((id) => asId<'User'>(id));
const minor = fc.bigInt({ min: 0n, max: 100_000n });
const ratePpm = fc.integer({ min: 0, max: 1_000_000 });

const line = fc.record({
  variantId: fc.uuid().map((id) => asId<'Variant'>(id)),
  sellerId: fc.constantFrom(...sellers),
  title: fc.constant('a thing'),
  quantity: fc.integer({ min: 1, max: 20 }),
  unitPrice: minor.map((price) => ({ minor: price, currency: 'GBP' })),
  taxCategory: fc.constantFrom('STANDARD', 'FOOD'),
});

const rate: fc.Arbitrary<ShippingRate> = fc.record({
  id: fc.uuid().map((id) => asId<'ShippingRate'>(id)),
  version: fc.constant(1),
  method: fc.constant('STANDARD' as const),
  currency: fc.constant('GBP'),
  flatMinor: minor,
  perItemMinor: minor,
  freeFromMinor: fc.option(minor),
  minDays: fc.constant(1),
  maxDays: fc.constant(2),
});

const benefit: fc.Arbitrary<Benefit> = fc.oneof(
  fc.record({ kind: fc.constant('PERCENTAGE' as const), ratePpm }),
  fc.record({
    kind: fc.constant('FIXED_AMOUNT' as const),
    amount: minor.map((amount) => ({ minor: amount, currency: 'GBP' })),
  }),
  fc.record({
    kind: fc.constant('BUY_X_GET_Y' as const),
    buy: fc.integer({ min: 1, max: 5 }),
    get: fc.integer({ min: 1, max: 5 }),
  }),
);

const promotion: fc.Arbitrary<Promotion> = fc.record({
  id: fc.uuid().map((id) => asId<'Promotion'>(id)),
  name: fc.constant('an offer'),
  sellerId: fc.option(fc.constantFrom(...sellers)),
  code: fc.constant(null),
  benefit,
  minimum: fc.option(minor.map((amount) => ({ minor: amount, currency: 'GBP' }))),
});

const taxes = fc
  .tuple(ratePpm, ratePpm, fc.boolean(), fc.boolean())
  .map(([goods, sending, goodsHoldIt, sendingHoldsIt]): CheckoutRules['taxes'] => [
    {
      id: asId('goods'),
      version: 1,
      name: 'on goods',
      region: null,
      category: 'STANDARD',
      ratePpm: goods,
      inclusive: goodsHoldIt,
    },
    {
      id: asId('sending'),
      version: 1,
      name: 'on sending',
      region: null,
      category: 'SHIPPING',
      ratePpm: sending,
      inclusive: sendingHoldsIt,
    },
  ]);

const checkout: fc.Arbitrary<Checkout> = fc.record({
  lines: fc.uniqueArray(line, { minLength: 1, maxLength: 12, selector: ({ variantId }) => variantId }),
  destination: fc.constant({ country: 'GB', region: null }),
  methods: fc.constant(new Map()),
  rules: fc.record({
    shipping: fc.record({
      own: rate.map((of) => new Map([[sellers[0] ?? asId<'User'>(''), [of]]])),
      platform: rate.map((of) => [of]),
    }),
    taxes,
    automatic: fc.uniqueArray(promotion, { maxLength: 4, selector: ({ id }) => id }),
    coupon: fc.constant(null),
  }),
});

/** Runs a check on every quote; what costs nothing is refused and has none. */
const holds = (check: (quote: Quote, given: Checkout) => void) =>
  fc.assert(
    fc.property(checkout, (given) => {
      const quoted = quoteCheckout(given);
      if (quoted.ok) check(quoted.quote, given);
      else expect(quoted.refusal).toEqual({ code: 'TOTAL_TOO_LOW' });
    }),
    { numRuns: 300 },
  );

const keys = ['goods', 'discount', 'shipping', 'tax', 'includedTax', 'total'] as const;
const minors = (amounts: Amounts) => keys.map((key) => amounts[key].minor);
const summed = (all: readonly Amounts[]) =>
  keys.map((key) => all.reduce((sum, amounts) => sum + amounts[key].minor, 0n));

describe('whatever is bought by whatever rules', () => {
  it('the shipments sum to the order, and the lines with what sending costs to the shipments', () =>
    holds(({ lines, shipments, amounts }) => {
      expect(summed(shipments.map((shipment) => shipment.amounts))).toEqual(minors(amounts));
      for (const shipment of shipments) {
        const its = lines.filter(({ sellerId }) => sellerId === shipment.sellerId);
        const reasonsOf = (code: string) =>
          shipment.reasons
            .filter((reason) => reason.code === code)
            .reduce((sum, { amount }) => sum + amount.minor, 0n);
        const [goods, discount, , tax, includedTax, total] = summed(its.map((of) => of.amounts));
        const [shipping, added, included] = ['SHIPPING', 'TAX_ADDED', 'TAX_INCLUDED'].map(reasonsOf);
        expect(minors(shipment.amounts)).toEqual([
          goods,
          discount,
          shipping,
          (tax ?? 0n) + (added ?? 0n),
          (includedTax ?? 0n) + (included ?? 0n),
          (total ?? 0n) + (shipping ?? 0n) + (added ?? 0n),
        ]);
      }
    }));

  it('every total is goods − discount + shipping + tax, and nothing is negative', () =>
    holds(({ lines, shipments, amounts }) => {
      for (const each of [
        amounts,
        ...lines.map((of) => of.amounts),
        ...shipments.map((of) => of.amounts),
      ]) {
        const { goods, discount, shipping, tax, total } = each;
        expect(total.minor).toBe(goods.minor - discount.minor + shipping.minor + tax.minor);
        expect(discount.minor).toBeLessThanOrEqual(goods.minor);
        expect(Math.min(...minors(each).map(Number))).toBeGreaterThanOrEqual(0);
      }
    }));

  it('every discount and tax of a line is what its reasons say', () =>
    holds(({ lines }) => {
      for (const { amounts, reasons } of lines) {
        const by = (code: string) =>
          reasons
            .filter((reason) => reason.code === code)
            .reduce((sum, { amount }) => sum + amount.minor, 0n);
        expect([by('DISCOUNT'), by('TAX_ADDED'), by('TAX_INCLUDED')]).toEqual([
          amounts.discount.minor,
          amounts.tax.minor,
          amounts.includedTax.minor,
        ]);
      }
    }));

  it('tax that prices hold does not change the total', () =>
    holds(({ amounts }, given) => {
      const holding = {
        ...given.rules,
        taxes: given.rules.taxes.map((tax) => ({ ...tax, inclusive: true })),
      };
      const without = quoteCheckout({ ...given, rules: { ...given.rules, taxes: [] } });
      const quoted = quoteCheckout({ ...given, rules: holding });
      const { goods, discount, shipping } = amounts;
      const net = goods.minor - discount.minor + shipping.minor;
      for (const each of [quoted, without]) {
        if (each.ok) expect(each.quote.amounts.total.minor).toBe(net);
        else expect(net).toBe(0n);
      }
    }));

  it('the order of lines and promotions is without effect', () =>
    holds(({ lines, amounts }, given) => {
      const turned = quoteCheckout({
        ...given,
        lines: given.lines.toReversed(),
        rules: { ...given.rules, automatic: given.rules.automatic.toReversed() },
      });
      if (!turned.ok) throw new Error(turned.refusal.code);
      expect(turned.quote.amounts).toEqual(amounts);
      expect(turned.quote.lines.toReversed()).toEqual(lines);
    }));
});

it('an amount is divided to the last unit, and no part is further from its share than one', () =>
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 9n }),
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 30 }),
      (amount, weights) => {
        const whole = weights.reduce((sum, weight) => sum + weight, 0n);
        fc.pre(whole > 0n);
        const parts = allocate(
          amount,
          weights.map((weight, index) => ({ key: `${index}`, weight })),
        );
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
        parts.forEach((part, index) => {
          const exact = amount * (weights[index] ?? 0n);
          expect(part >= exact / whole && part * whole < exact + whole).toBe(true);
        });
      },
    ),
  ));
