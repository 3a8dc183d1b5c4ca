import { asId, type Id, type Money } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import type { CheckoutLine } from './quote.ts';
import { type Checkout, quoteCheckout } from './quote-checkout.ts';
import {
  type Benefit,
  type CheckoutRules,
  type Promotion,
  type ShippingRate,
  type TaxRule,
  wholePpm,
} from './rules.ts';

const gbp = (minor: bigint): Money => ({ minor, currency: 'GBP' });
const [potter, grocer] = [asId<'User'>('potter'), asId<'User'>('grocer')];

const line = (id: string, sellerId: Id<'User'>, quantity: number, minor: bigint): CheckoutLine => ({
  variantId: asId(id),
  sellerId,
  title: id,
  quantity,
  unitPrice: gbp(minor),
  taxCategory: 'STANDARD',
});
const lines = [line('mug', potter, 2, 850n), line('tea', grocer, 3, 335n), line('jug', potter, 1, 2000n)];

const rate = (changed: Partial<ShippingRate> = {}): ShippingRate => ({
  id: asId('rate'),
  version: 1,
  method: 'STANDARD',
  currency: 'GBP',
  flatMinor: 0n,
  perItemMinor: 0n,
  freeFromMinor: null,
  minDays: 2,
  maxDays: 5,
  ...changed,
});
const tax = (changed: Partial<TaxRule> = {}): TaxRule => ({
  id: asId('vat'),
  version: 3,
  name: 'VAT',
  region: null,
  category: 'STANDARD',
  ratePpm: 200_000,
  inclusive: false,
  ...changed,
});
const promotion = (benefit: Benefit, changed: Partial<Promotion> = {}): Promotion => ({
  id: asId(changed.code ?? 'promotion'),
  name: 'An offer',
  sellerId: null,
  code: null,
  benefit,
  minimum: null,
  ...changed,
});
const percent = (whole: number): Benefit => ({ kind: 'PERCENTAGE', ratePpm: (whole * wholePpm) / 100 });

const rules = (changed: Partial<CheckoutRules> = {}): CheckoutRules => ({
  shipping: { own: new Map(), platform: [rate({ currency: null })] },
  taxes: [],
  automatic: [],
  coupon: null,
  ...changed,
});
const checkout = (changed: Partial<CheckoutRules> = {}, rest: Partial<Checkout> = {}): Checkout => ({
  lines,
  destination: { country: 'GB', region: null },
  methods: new Map(),
  rules: rules(changed),
  ...rest,
});

const quoteOf = (given: Checkout) => {
  const quoted = quoteCheckout(given);
  if (!quoted.ok) throw new Error(quoted.refusal.code);
  return quoted.quote;
};
const minorOf = (given: Checkout) => {
  const { goods, discount, shipping, tax: added, includedTax, total } = quoteOf(given).amounts;
  return [goods, discount, shipping, added, includedTax, total].map(({ minor }) => minor);
};
const refusalOf = (given: Checkout) => {
  const quoted = quoteCheckout(given);
  return quoted.ok ? null : quoted.refusal;
};

describe('a checkout', () => {
  it('costs its lines where nobody set anything', () =>
    expect(minorOf(checkout())).toEqual([4705n, 0n, 0n, 0n, 0n, 4705n]));

  it('has a highest total', () =>
    expect(refusalOf(checkout({}, { lines: [line('yacht', potter, 1, 10n ** 12n + 1n)] }))).toEqual({
      code: 'TOTAL_LIMIT',
    }));

  it('has a highest price of its goods, whatever is taken off', () =>
    expect(
      refusalOf(
        checkout(
          { automatic: [promotion(percent(99))] },
          { lines: [line('yacht', potter, 1, 10n ** 12n + 1n)] },
        ),
      ),
    ).toEqual({ code: 'TOTAL_LIMIT' }));

  it('cannot cost nothing', () =>
    expect(refusalOf(checkout({ automatic: [promotion(percent(100))] }))).toEqual({
      code: 'TOTAL_TOO_LOW',
    }));

  it('can, for one seller, while another is paid', () => {
    const free = promotion(percent(100), { sellerId: grocer });
    expect(quoteOf(checkout({ automatic: [free] })).shipments.map(({ amounts }) => amounts.total)).toEqual([
      gbp(3700n),
      gbp(0n),
    ]);
  });
});

describe('sending', () => {
  const own = (...rates: ShippingRate[]) => ({
    shipping: { own: new Map([[potter, rates]]), platform: [rate({ currency: null })] },
  });

  it('costs a flat amount and one per unit', () =>
    expect(minorOf(checkout(own(rate({ flatMinor: 300n, perItemMinor: 50n })))).at(2)).toBe(450n));

  it.each([
    [3701n, 300n],
    [3700n, 0n],
  ])('is free from %s of goods', (freeFromMinor, expected) =>
    expect(minorOf(checkout(own(rate({ flatMinor: 300n, freeFromMinor })))).at(2)).toBe(expected),
  );

  it('counts what is paid for the goods, after discounts', () =>
    expect(
      minorOf(
        checkout({
          ...own(rate({ flatMinor: 300n, freeFromMinor: 3700n })),
          automatic: [promotion(percent(1))],
        }),
      ).at(2),
    ).toBe(300n));

  const both = own(
    rate({ flatMinor: 200n }),
    rate({ method: 'EXPRESS', flatMinor: 900n }),
    rate({ method: 'ECONOMY', flatMinor: 100n }),
  );
  it('is STANDARD where no way is asked for', () => {
    const [pots] = quoteOf(checkout(both)).shipments;
    expect(pots?.method).toBe('STANDARD');
    expect(pots?.options.map(({ method }) => method)).toEqual(['ECONOMY', 'STANDARD', 'EXPRESS']);
  });
  it('is the way asked for', () =>
    expect(minorOf(checkout(both, { methods: new Map([[potter, 'EXPRESS']]) })).at(2)).toBe(900n));
  it('is no gift where there is a price in the currency of the goods', () =>
    expect(
      minorOf(checkout(own(rate({ currency: null, id: asId('free') }), rate({ flatMinor: 200n })))).at(2),
    ).toBe(200n));
  it('is no way that its seller does not offer', () =>
    expect(refusalOf(checkout({}, { methods: new Map([[potter, 'EXPRESS']]) }))).toEqual({
      code: 'SHIPPING_METHOD_UNAVAILABLE',
      sellerIds: [potter],
      variantIds: ['mug', 'jug'],
    }));
  it.each([
    ['does not send there', []],
    ['asks for it in another currency', [rate({ currency: 'USD' })]],
  ])('fails where the seller %s', (_, rates) =>
    expect(refusalOf(checkout(own(...rates)))).toEqual({
      code: 'NO_SHIPPING',
      sellerIds: [potter],
      variantIds: ['mug', 'jug'],
    }),
  );
});

describe('tax', () => {
  it('comes on top, line by line', () => {
    const { lines: quoted, amounts } = quoteOf(checkout({ taxes: [tax()] }));
    expect(quoted.map(({ amounts: of }) => of.tax.minor)).toEqual([340n, 201n, 400n]);
    expect(amounts.total).toEqual(gbp(5646n));
    expect(quoted[0]?.reasons).toEqual([
      {
        code: 'TAX_ADDED',
        ruleId: 'vat',
        version: 3,
        name: 'VAT',
        ratePpm: 200_000,
        base: gbp(1700n),
        amount: gbp(340n),
      },
    ]);
  });

  it('that prices hold changes no total', () => {
    const { lines: quoted, amounts } = quoteOf(checkout({ taxes: [tax({ inclusive: true })] }));
    expect(quoted.map(({ amounts: of }) => of.includedTax.minor)).toEqual([283n, 168n, 333n]);
    expect(amounts).toMatchObject({ tax: gbp(0n), includedTax: gbp(784n), total: gbp(4705n) });
    expect(quoted[0]?.reasons).toMatchObject([{ base: gbp(1417n), amount: gbp(283n) }]);
  });

  it.each([
    [5n, 0n], // 0.5 is rounded to the even 0
    [15n, 2n], // 1.5 to the even 2
    [25n, 2n], // 2.5 to the even 2
  ])('of 10 %% on %s is %s', (minor, expected) =>
    expect(
      minorOf(
        checkout({ taxes: [tax({ ratePpm: 100_000 })] }, { lines: [line('pin', potter, 1, minor)] }),
      ).at(3),
    ).toBe(expected),
  );

  it('is a region’s own before the country’s, and of its category', () => {
    const taxes = [tax(), tax({ region: 'NIR', ratePpm: 100_000 }), tax({ category: 'FOOD', ratePpm: 0 })];
    const of = (region: string | null, taxCategory: string) =>
      minorOf(
        checkout(
          { taxes },
          {
            destination: { country: 'GB', region },
            lines: [{ ...line('tea', grocer, 1, 1000n), taxCategory }],
          },
        ),
      ).at(3);
    expect([of('NIR', 'STANDARD'), of('ENG', 'STANDARD'), of('NIR', 'FOOD'), of(null, 'TOYS')]).toEqual([
      100n,
      200n,
      0n,
      0n,
    ]);
  });

  it('is on sending, too, where there is a rule for it', () => {
    const { shipments } = quoteOf(
      checkout({
        shipping: { own: new Map(), platform: [rate({ flatMinor: 500n })] },
        taxes: [tax({ category: 'SHIPPING' })],
      }),
    );
    expect(shipments[0]?.amounts).toMatchObject({ tax: gbp(100n), total: gbp(4300n) });
    expect(shipments[0]?.reasons.map(({ code }) => code)).toEqual(['SHIPPING', 'TAX_ADDED']);
  });

  it('is on what is paid after discounts', () =>
    expect(minorOf(checkout({ taxes: [tax()], automatic: [promotion(percent(50))] }))).toEqual([
      4705n,
      2352n,
      0n,
      471n,
      0n,
      2824n,
    ]));
});

describe('a promotion', () => {
  const discounts = (...automatic: Promotion[]) =>
    quoteOf(checkout({ automatic })).lines.map(({ amounts }) => amounts.discount.minor);

  it('of a percentage is divided among the lines to the last penny', () =>
    // 470.5 is rounded to the even 470.
    expect(discounts(promotion(percent(10)))).toEqual([170n, 100n, 200n]));
  it('of a fixed amount is, too', () =>
    expect(discounts(promotion({ kind: 'FIXED_AMOUNT', amount: gbp(1000n) }))).toEqual([361n, 214n, 425n]));
  it('takes off no more than there is', () =>
    expect(
      discounts(promotion({ kind: 'FIXED_AMOUNT', amount: gbp(9999n) }, { sellerId: grocer })),
    ).toEqual([0n, 1005n, 0n]));
  it('gives units of each variant for nothing', () =>
    expect(discounts(promotion({ kind: 'BUY_X_GET_Y', buy: 2, get: 1 }))).toEqual([0n, 335n, 0n]));
  it('of a seller is for their lines alone', () =>
    expect(discounts(promotion(percent(10), { sellerId: potter }))).toEqual([170n, 0n, 200n]));
  it('in another currency takes nothing', () =>
    expect(
      discounts(promotion({ kind: 'FIXED_AMOUNT', amount: { minor: 100n, currency: 'USD' } })),
    ).toEqual([0n, 0n, 0n]));
  it.each([
    [4705n, 470n],
    [4706n, 0n],
  ])('waits for goods of %s', (minimum, expected) =>
    expect(
      minorOf(checkout({ automatic: [promotion(percent(10), { minimum: gbp(minimum) })] })).at(1),
    ).toBe(expected),
  );
  it('that takes most comes first, and the next takes of what is left', () => {
    const half = promotion(percent(50), { id: asId('half') });
    const pound = promotion({ kind: 'FIXED_AMOUNT', amount: gbp(100n) }, { id: asId('pound') });
    const { amounts, lines: quoted } = quoteOf(checkout({ automatic: [pound, half] }));
    expect(amounts.discount).toEqual(gbp(2452n));
    expect(quoted[0]?.reasons.map(({ ruleId }) => ruleId)).toEqual(['half', 'pound']);
  });
});

describe('a coupon', () => {
  const coupon = promotion(percent(10), { code: 'TEN' });
  it('adds to what needs none', () =>
    expect(
      minorOf(checkout({ coupon, automatic: [promotion(percent(50), { id: asId('half') })] })).at(1),
    ).toBe(2587n));
  it('is named', () =>
    expect(quoteOf(checkout({ coupon })).coupon).toEqual({ promotionId: 'TEN', code: 'TEN' }));
  it('says when there is too little', () =>
    expect(refusalOf(checkout({ coupon: { ...coupon, minimum: gbp(4706n) } }))).toEqual({
      code: 'COUPON_MINIMUM',
    }));
  it('says when nothing in the cart is what it is for', () =>
    expect(refusalOf(checkout({ coupon: { ...coupon, sellerId: asId('nobody') } }))).toEqual({
      code: 'COUPON_NOT_APPLICABLE',
    }));
});
