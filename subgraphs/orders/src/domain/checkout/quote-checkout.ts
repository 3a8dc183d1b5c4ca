/**
 * Puts a price on a checkout. Pure and exact: whole minor units, every amount rounded once, half to even, per line; sums are
 * sums of what stands beside them. The work grows with the lines, not with their square.
 */
import { type Currency, type Id, multiply, zero } from '@emporium/domain';
import { applyPromotions, type Discounted, reachesMinimum } from './discounts.ts';
import {
  addAmounts,
  amountsOf,
  type CheckoutLine,
  type Destination,
  nothingIn,
  type Quote,
  type QuotedLine,
  type QuotedShipment,
} from './quote.ts';
import { type CheckoutRules, type ShippingMethod, shippingCategory, type TaxRule } from './rules.ts';
import { chooseOption, ratesOf, shippingOptions } from './shipping.ts';
import { taxOn, taxRulesFor } from './tax.ts';

export type Checkout = {
  /** At least one, all in one currency. */
  readonly lines: readonly CheckoutLine[];
  readonly destination: Destination;
  /** How each seller is to send; sellers who have nothing in the cart are without effect. */
  readonly methods: ReadonlyMap<Id<'User'>, ShippingMethod>;
  readonly rules: CheckoutRules;
};

/** Whose lines are in the way, where some are. */
export type QuoteRefusal = {
  readonly code:
    | 'NO_SHIPPING'
    | 'SHIPPING_METHOD_UNAVAILABLE'
    | 'COUPON_MINIMUM'
    | 'COUPON_NOT_APPLICABLE'
    | 'TOTAL_TOO_LOW'
    | 'TOTAL_LIMIT';
  readonly sellerIds?: readonly Id<'User'>[];
  readonly variantIds?: readonly Id<'Variant'>[];
};

export type Quoted =
  | { readonly ok: true; readonly quote: Quote }
  | { readonly ok: false; readonly refusal: QuoteRefusal };

/** In minor units. Payments takes no payment of nothing. */
const smallestCharge = 1n;
/** In minor units; beyond it an amount might not fit where money is kept. */
const highestTotal = 10n ** 12n;

export const quoteCheckout = (checkout: Checkout): Quoted => {
  const { lines, rules } = checkout;
  const currency = lines[0]?.unitPrice.currency;
  if (currency === undefined) throw new TypeError('a checkout of nothing has no currency');
  const unsent = lines.filter(({ sellerId }) => ratesIn(currency, sellerId, rules).length === 0);
  if (unsent.length > 0) return refuse('NO_SHIPPING', unsent);

  const { coupon } = rules;
  const { discounts, taken } = applyPromotions(lines, [...rules.automatic, ...(coupon ? [coupon] : [])]);
  if (coupon && !taken.get(coupon.id)) {
    return refuse(reachesMinimum(coupon, lines) ? 'COUPON_NOT_APPLICABLE' : 'COUPON_MINIMUM');
  }

  const taxRule = taxRulesFor(rules.taxes, checkout.destination);
  const quoted = lines.map((line, index) => quoteLine(line, discounts[index], taxRule(line.taxCategory)));
  const shipments = parcelsOf(quoted).map((parcel) => quoteShipment(parcel, checkout, taxRule));
  const unavailable = shipments.filter((shipment) => !('method' in shipment));
  if (unavailable.length > 0) {
    const sellers = new Set(unavailable.map(({ sellerId }) => sellerId));
    return refuse(
      'SHIPPING_METHOD_UNAVAILABLE',
      lines.filter(({ sellerId }) => sellers.has(sellerId)),
    );
  }
  const sent = shipments.filter((shipment) => 'method' in shipment);
  const amounts = sent.reduce((sum, each) => addAmounts(sum, each.amounts), nothingIn(currency));
  if (amounts.total.minor < smallestCharge) return refuse('TOTAL_TOO_LOW');
  // What is taken off may be nearly all: what it is taken off must fit, too.
  if (amounts.total.minor > highestTotal || amounts.goods.minor > highestTotal)
    return refuse('TOTAL_LIMIT');
  const applied = coupon?.code ? { promotionId: coupon.id, code: coupon.code } : null;
  return { ok: true, quote: { lines: quoted, shipments: sent, amounts, coupon: applied } };
};

const refuse = (code: QuoteRefusal['code'], lines: readonly CheckoutLine[] = []): Quoted => ({
  ok: false,
  refusal: {
    code,
    ...(lines.length > 0 && {
      sellerIds: [...new Set(lines.map(({ sellerId }) => sellerId))],
      variantIds: lines.map(({ variantId }) => variantId),
    }),
  },
});

const ratesIn = (currency: Currency, sellerId: Id<'User'>, { shipping }: CheckoutRules) =>
  ratesOf(sellerId, shipping).filter((rate) => rate.currency === null || rate.currency === currency);

const quoteLine = (
  line: CheckoutLine,
  discounted: Discounted | undefined,
  rule: TaxRule | null,
): QuotedLine => {
  const goods = multiply(line.unitPrice, line.quantity);
  const discount = discounted?.discount ?? zero(goods.currency);
  const paid = { minor: goods.minor - discount.minor, currency: goods.currency };
  const { tax, includedTax, reasons } = taxOn(paid, rule);
  const shipping = zero(goods.currency);
  return {
    ...line,
    amounts: amountsOf({ goods, discount, shipping, tax, includedTax }),
    reasons: [...(discounted?.reasons ?? []), ...reasons],
  };
};

/** One seller's lines. */
type Parcel = { readonly sellerId: Id<'User'>; readonly lines: readonly QuotedLine[] };

const parcelsOf = (lines: readonly QuotedLine[]): readonly Parcel[] => {
  const parcels = new Map<Id<'User'>, QuotedLine[]>();
  for (const line of lines) {
    const parcel = parcels.get(line.sellerId);
    if (parcel) parcel.push(line);
    else parcels.set(line.sellerId, [line]);
  }
  return [...parcels].map(([sellerId, its]) => ({ sellerId, lines: its }));
};

/** Without a method when the seller does not send in the way that was asked for. */
const quoteShipment = (
  { sellerId, lines }: Parcel,
  { methods, rules }: Checkout,
  taxRule: (category: string) => TaxRule | null,
): QuotedShipment | Pick<QuotedShipment, 'sellerId'> => {
  const currency = lines[0]?.amounts.goods.currency ?? '';
  const goods = lines.reduce((sum, { amounts }) => addAmounts(sum, amounts), nothingIn(currency));
  const paid = { minor: goods.goods.minor - goods.discount.minor, currency };
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const options = shippingOptions(ratesOf(sellerId, rules.shipping), { units, paid });
  const option = chooseOption(options, methods.get(sellerId));
  if (!option) return { sellerId };
  const { tax, includedTax, reasons } = taxOn(option.price, taxRule(shippingCategory));
  const sending = amountsOf({ ...nothingIn(currency), shipping: option.price, tax, includedTax });
  const { rateId: ruleId, version, method, price } = option;
  return {
    sellerId,
    method,
    options,
    amounts: addAmounts(goods, sending),
    reasons: [
      { code: 'SHIPPING', ruleId, version, name: method, ratePpm: null, base: paid, amount: price },
      ...reasons,
    ],
  };
};
