/** What is asked for sending, what is owed in tax and what is taken off: data that sellers and administrators set. */
import type { Currency, Id, Money } from '@emporium/domain';

export const shippingMethods = ['ECONOMY', 'STANDARD', 'EXPRESS'] as const;
export type ShippingMethod = (typeof shippingMethods)[number];

/** What a seller asks for sending to a country in one way. */
export type ShippingRate = {
  readonly id: Id<'ShippingRate'>;
  /** Rises by one with each change. */
  readonly version: number;
  readonly method: ShippingMethod;
  /** Null: it costs nothing, in whatever currency. */
  readonly currency: Currency | null;
  /** In minor units, whatever is in the shipment. */
  readonly flatMinor: bigint;
  /** In minor units, for each unit in the shipment. */
  readonly perItemMinor: bigint;
  /** The goods, less discounts, from which on it costs nothing. */
  readonly freeFromMinor: bigint | null;
  readonly minDays: number;
  readonly maxDays: number;
};

/** One million is 100 %. */
export const wholePpm = 1_000_000;

/** What a country, or a region of it, asks of a category of goods. */
export type TaxRule = {
  readonly id: Id<'TaxRule'>;
  readonly version: number;
  readonly name: string;
  /** Null: of the whole country, where the region has no rule of its own. */
  readonly region: string | null;
  readonly category: string;
  readonly ratePpm: number;
  /** Prices hold it already; else it comes on top. */
  readonly inclusive: boolean;
};

/** The category of goods that nobody put in another. */
export const standardCategory = 'STANDARD';
/** The category of what is asked for sending. */
export const shippingCategory = 'SHIPPING';

/** What a promotion takes off. */
export type Benefit =
  | { readonly kind: 'PERCENTAGE'; readonly ratePpm: number }
  | { readonly kind: 'FIXED_AMOUNT'; readonly amount: Money }
  /** Of each variant: of every `buy + get` units, `get` cost nothing. */
  | { readonly kind: 'BUY_X_GET_Y'; readonly buy: number; readonly get: number };

/** Never changed once it is made, so that its id says which rule was used. */
export type Promotion = {
  readonly id: Id<'Promotion'>;
  readonly name: string;
  /** Whose lines alone it is for; null for all lines. */
  readonly sellerId: Id<'User'> | null;
  /** As its maker wrote it; null for one that needs none. */
  readonly code: string | null;
  readonly benefit: Benefit;
  /** Goods that its lines must come to, before anything is taken off; null for none. */
  readonly minimum: Money | null;
};

/** Everything that a quote is made by: what is in force for one destination, at one time. */
export type CheckoutRules = {
  readonly shipping: {
    /** Rates to the destination of whoever set any anywhere: an empty list is a seller who does not send there. */
    readonly own: ReadonlyMap<Id<'User'>, readonly ShippingRate[]>;
    /** For all other sellers. */
    readonly platform: readonly ShippingRate[];
  };
  /** One at most for each region and category. */
  readonly taxes: readonly TaxRule[];
  /** Those that need no code. */
  readonly automatic: readonly Promotion[];
  readonly coupon: Promotion | null;
};
