/** What a checkout comes to, with the reason for every amount. */
import { add, type Currency, type Id, type Money, zero } from '@emporium/domain';
import type { ShippingMethod } from './rules.ts';

/** So many of one variant at today's price. */
export type CheckoutLine = {
  readonly variantId: Id<'Variant'>;
  readonly sellerId: Id<'User'>;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly taxCategory: string;
};

/** Only what rules tell apart. `region` is a subdivision of the country, as ISO 3166-2 has it after the hyphen. */
export type Destination = { readonly country: string; readonly region: string | null };

/** `total = goods − discount + shipping + tax`; `includedTax` is what the first three hold of tax already. */
export type Amounts = {
  readonly goods: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly includedTax: Money;
  readonly total: Money;
};

/** Why an amount is what it is: which version of which rule took how much of what. */
export type Reason = {
  readonly code: 'DISCOUNT' | 'SHIPPING' | 'TAX_ADDED' | 'TAX_INCLUDED';
  readonly ruleId: string;
  readonly version: number;
  readonly name: string;
  /** One million is 100 %; null when the rule is no rate. */
  readonly ratePpm: number | null;
  readonly base: Money;
  readonly amount: Money;
};

/** The shipping of a line is nothing: it is the shipment's. */
export type QuotedLine = CheckoutLine & { readonly amounts: Amounts; readonly reasons: readonly Reason[] };

/** A way in which a seller sends these goods there, and what it costs. */
export type ShippingOption = {
  readonly rateId: Id<'ShippingRate'>;
  readonly version: number;
  readonly method: ShippingMethod;
  readonly price: Money;
  readonly minDays: number;
  readonly maxDays: number;
};

/** What one seller sends. Its reasons are those of sending; its lines have their own. */
export type QuotedShipment = {
  readonly sellerId: Id<'User'>;
  readonly method: ShippingMethod;
  /** All ways, the cheapest first. */
  readonly options: readonly ShippingOption[];
  readonly amounts: Amounts;
  readonly reasons: readonly Reason[];
};

export type AppliedCoupon = { readonly promotionId: Id<'Promotion'>; readonly code: string };

export type Quote = {
  /** In the order of the cart. */
  readonly lines: readonly QuotedLine[];
  /** In the order in which the cart names the sellers. */
  readonly shipments: readonly QuotedShipment[];
  readonly amounts: Amounts;
  readonly coupon: AppliedCoupon | null;
};

/** The amounts that follow from the first five. */
export const amountsOf = (parts: Omit<Amounts, 'total'>): Amounts => {
  const { goods, discount, shipping, tax } = parts;
  const minor = goods.minor - discount.minor + shipping.minor + tax.minor;
  return { ...parts, total: { minor, currency: goods.currency } };
};

export const nothingIn = (currency: Currency): Amounts => {
  const nothing = zero(currency);
  return {
    goods: nothing,
    discount: nothing,
    shipping: nothing,
    tax: nothing,
    includedTax: nothing,
    total: nothing,
  };
};

export const addAmounts = (a: Amounts, b: Amounts): Amounts => ({
  goods: add(a.goods, b.goods),
  discount: add(a.discount, b.discount),
  shipping: add(a.shipping, b.shipping),
  tax: add(a.tax, b.tax),
  includedTax: add(a.includedTax, b.includedTax),
  total: add(a.total, b.total),
});
