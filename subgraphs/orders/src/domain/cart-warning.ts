/** What a buyer should know of a cart before ordering. It refuses nothing: placing an order decides for itself. */
import { equals, type Id, type Money } from '@emporium/domain';

/** A line with what is known of its variant now. */
export type LineFacts = {
  readonly variantId: Id<'Variant'>;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly priceAdded: Money | null;
  readonly isSold: boolean;
  readonly isSellerSuspended: boolean;
  /** The cart is its seller's. */
  readonly isOwn: boolean;
  /** As last heard; null when nothing was. */
  readonly stock: number | null;
};

export type CartWarning = { readonly variantId: Id<'Variant'> } & (
  | { readonly code: 'PRICE_CHANGED'; readonly was: Money; readonly now: Money }
  | { readonly code: 'SHORT_OF_STOCK'; readonly available: number }
  | {
      readonly code:
        | 'SELLER_SUSPENDED'
        | 'NO_LONGER_SOLD'
        | 'OWN_GOODS'
        | 'CURRENCY_DIFFERS'
        | 'QUANTITY_CAPPED';
    }
);

/** Line by line. Of what cannot be ordered at all nothing else matters. `currency` is the cart's. */
export const warningsOf = (lines: readonly LineFacts[], currency: string): readonly CartWarning[] =>
  lines.flatMap((line) => warningsOfLine(line, currency));

const warningsOfLine = (line: LineFacts, currency: string): readonly CartWarning[] => {
  const { variantId, quantity, unitPrice, priceAdded, stock } = line;
  if (line.isSellerSuspended) return [{ code: 'SELLER_SUSPENDED', variantId }];
  if (!line.isSold) return [{ code: 'NO_LONGER_SOLD', variantId }];
  if (line.isOwn) return [{ code: 'OWN_GOODS', variantId }];
  const warnings: CartWarning[] = [];
  if (priceAdded && !equals(priceAdded, unitPrice)) {
    warnings.push({ code: 'PRICE_CHANGED', variantId, was: priceAdded, now: unitPrice });
  }
  if (stock !== null && stock < quantity)
    warnings.push({ code: 'SHORT_OF_STOCK', variantId, available: stock });
  if (unitPrice.currency !== currency) warnings.push({ code: 'CURRENCY_DIFFERS', variantId });
  return warnings;
};
