/** A cart: what may be put in, and what a change comes to. Prices are the catalogue's; a line remembers the one it came at. */
import { accept, type Id, type Money } from '@emporium/domain';
import type { Catalogue } from './catalogue.ts';

/** So many of one variant. */
export type CartLine = { readonly variantId: Id<'Variant'>; readonly quantity: number };

/**
 * A line as it is held. In a decision's outcome: the line's new quantity, where 0 removes it. What one cost when the line was
 * put in stays as long as the line does; null where nobody knows.
 */
export type HeldLine = CartLine & { readonly priceAdded: Money | null };

/** Whose cart it is: nobody's, of a guest. */
export type CartOwner = Id<'User'> | null;

export type CartContents = { readonly version: number; readonly lines: readonly HeldLine[] };

/** What somebody who sets a line believes to be there; null where they do not say. */
export type Seen = { readonly version: number | null; readonly quantity: number | null };

export const highestQuantity = 100_000;
export const mostLines = 2000;

export type CartRefusal =
  | 'NOT_FOUND'
  | 'OWN_GOODS'
  | 'QUANTITY_LIMIT'
  | 'LINE_LIMIT'
  | 'CURRENCY_MISMATCH'
  | 'CART_CHANGED'
  | 'CART_NOT_FOUND';

/** Where one line is to blame, the refusal says which. */
export type CartDecision =
  | { readonly ok: true; readonly events: readonly HeldLine[] }
  | { readonly ok: false; readonly refusal: CartRefusal; readonly variantId?: Id<'Variant'> };

/** Why a cart changed, as others are told. */
export type CartCause = 'ADDED' | 'CHANGED' | 'REMOVED' | 'MERGED' | 'ORDERED' | 'RETURNED' | 'EXPIRED';

/** Adds to what is there: all lines or none. The outcome lists the touched lines with their new quantities. */
export const addLines = (
  cart: readonly HeldLine[],
  additions: readonly CartLine[],
  catalogue: Catalogue,
  owner: CartOwner,
): CartDecision => {
  const added = new Map<Id<'Variant'>, number>();
  for (const { variantId, quantity } of additions) {
    added.set(variantId, (added.get(variantId) ?? 0) + quantity);
  }
  const held = byVariant(cart);
  const touched = [...added].map(([variantId, quantity]) => ({
    variantId,
    quantity: (held.get(variantId)?.quantity ?? 0) + quantity,
  }));
  return check(cart, touched, catalogue, owner);
};

/** Sets a line to a quantity; 0 removes it, even when it is no longer sold. What is so already changes nothing. */
export const setLine = (
  { version, lines }: CartContents,
  line: CartLine,
  seen: Seen,
  catalogue: Catalogue,
  owner: CartOwner,
): CartDecision => {
  const { variantId, quantity } = line;
  const held = lines.find((each) => each.variantId === variantId);
  if ((seen.version ?? version) !== version) return { ok: false, refusal: 'CART_CHANGED' };
  if ((seen.quantity ?? held?.quantity ?? 0) !== (held?.quantity ?? 0)) {
    return blame(line, 'CART_CHANGED');
  }
  if (held?.quantity === quantity) return accept();
  if (quantity > 0) return check(lines, [line], catalogue, owner);
  if (held) return accept({ ...held, quantity });
  return catalogue.has(variantId) ? accept() : blame(line, 'NOT_FOUND');
};

/** Everything that is in a cart, taken out of it. */
export const takeOut = (lines: readonly HeldLine[]): readonly HeldLine[] =>
  lines.map((line) => ({ ...line, quantity: 0 }));

/** What setting a line to a quantity is called. */
export const causeOfSetting = (cart: readonly HeldLine[], { variantId, quantity }: CartLine): CartCause => {
  if (quantity === 0) return 'REMOVED';
  return cart.some((line) => line.variantId === variantId) ? 'CHANGED' : 'ADDED';
};

export const byVariant = (lines: readonly HeldLine[]): ReadonlyMap<Id<'Variant'>, HeldLine> =>
  new Map(lines.map((line) => [line.variantId, line]));

const check = (
  cart: readonly HeldLine[],
  touched: readonly CartLine[],
  catalogue: Catalogue,
  owner: CartOwner,
): CartDecision => {
  const held = byVariant(cart);
  const news = touched.filter(({ variantId }) => !held.has(variantId));
  const unsold = touched.find(({ variantId }) => !catalogue.get(variantId)?.active);
  if (unsold) return blame(unsold, 'NOT_FOUND');
  const own = touched.find(({ variantId }) => catalogue.get(variantId)?.sellerId === owner);
  if (own) return blame(own, 'OWN_GOODS');
  const overfull = touched.find(({ quantity }) => quantity > highestQuantity);
  if (overfull) return blame(overfull, 'QUANTITY_LIMIT');
  if (news.length > 0 && cart.length + news.length > mostLines) return { ok: false, refusal: 'LINE_LIMIT' };
  const currency = currencyOf([...cart, ...news], catalogue);
  // Lines that are there may go on, whatever became of their price.
  const foreign = news.find(({ variantId }) => catalogue.get(variantId)?.price.currency !== currency);
  if (foreign) return blame(foreign, 'CURRENCY_MISMATCH');
  return accept(
    ...touched.map((line) => {
      const there = held.get(line.variantId);
      const today = catalogue.get(line.variantId)?.price ?? null;
      return { ...line, priceAdded: there ? there.priceAdded : today };
    }),
  );
};

const blame = ({ variantId }: CartLine, refusal: CartRefusal): CartDecision => ({
  ok: false,
  refusal,
  variantId,
});

/** A cart's currency is that of its first line. */
const currencyOf = (lines: readonly CartLine[], catalogue: Catalogue): string | undefined =>
  lines.map(({ variantId }) => catalogue.get(variantId)?.price.currency).find(Boolean);
