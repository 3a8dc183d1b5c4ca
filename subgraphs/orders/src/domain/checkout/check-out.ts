/** From a cart to a quote: what the buyer gets, at today's prices and by the rules in force. */
import { equals, type Id, type Money } from '@emporium/domain';
import { type CartLine, mostLines } from '../cart.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Destination, Quote } from './quote.ts';
import { type QuoteRefusal, quoteCheckout } from './quote-checkout.ts';
import { type CheckoutRules, type ShippingMethod, standardCategory } from './rules.ts';

export type CartCheckout = {
  readonly buyerId: Id<'User'>;
  readonly cart: readonly CartLine[];
  readonly catalogue: Catalogue;
  readonly destination: Destination;
  readonly methods: ReadonlyMap<Id<'User'>, ShippingMethod>;
  readonly rules: CheckoutRules;
  /** The categories of goods that are not of the standard one. */
  readonly taxCategories: ReadonlyMap<Id<'Variant'>, string>;
  /** What the buyer saw; null when they do not mind. */
  readonly expectedTotal: Money | null;
};

/** `total` is what it comes to now, where that is what differs. */
export type CheckoutRefusal =
  | QuoteRefusal
  | {
      readonly code:
        | 'EMPTY_CART'
        | 'LINE_LIMIT'
        | 'UNAVAILABLE'
        | 'OWN_GOODS'
        | 'CURRENCY_MISMATCH'
        | 'PRICE_CHANGED';
      readonly sellerIds?: readonly Id<'User'>[];
      readonly variantIds?: readonly Id<'Variant'>[];
      readonly total?: Money;
    };

export type CheckedOut =
  | { readonly ok: true; readonly quote: Quote }
  | { readonly ok: false; readonly refusal: CheckoutRefusal };

const refuse = (refusal: CheckoutRefusal): CheckedOut => ({ ok: false, refusal });

export const checkOut = ({
  buyerId,
  cart,
  catalogue,
  expectedTotal,
  ...checkout
}: CartCheckout): CheckedOut => {
  if (cart.length === 0) return refuse({ code: 'EMPTY_CART' });
  if (cart.length > mostLines) return refuse({ code: 'LINE_LIMIT' });
  const gone = cart.filter(({ variantId }) => !catalogue.get(variantId)?.active);
  if (gone.length > 0) {
    return refuse({ code: 'UNAVAILABLE', variantIds: gone.map(({ variantId }) => variantId) });
  }
  const lines = cart.flatMap(({ variantId, quantity }) => {
    const variant = catalogue.get(variantId);
    if (!variant) return [];
    const { sellerId, title, price: unitPrice } = variant;
    const taxCategory = checkout.taxCategories.get(variantId) ?? standardCategory;
    return [{ variantId, sellerId, title, quantity, unitPrice, taxCategory }];
  });
  // Whoever paid themselves could let the platform pay them back.
  const own = lines.filter(({ sellerId }) => sellerId === buyerId);
  if (own.length > 0) {
    return refuse({ code: 'OWN_GOODS', variantIds: own.map(({ variantId }) => variantId) });
  }
  if (new Set(lines.map(({ unitPrice }) => unitPrice.currency)).size > 1) {
    return refuse({ code: 'CURRENCY_MISMATCH' });
  }
  const quoted = quoteCheckout({ ...checkout, lines });
  if (!quoted.ok) return quoted;
  const { total } = quoted.quote.amounts;
  if (expectedTotal && !equals(expectedTotal, total)) return refuse({ code: 'PRICE_CHANGED', total });
  return quoted;
};

/** The sellers in a cart, in its order; rules are looked up for them. */
export const sellersIn = (cart: readonly CartLine[], catalogue: Catalogue): readonly Id<'User'>[] => [
  ...new Set(cart.flatMap(({ variantId }) => catalogue.get(variantId)?.sellerId ?? [])),
];
