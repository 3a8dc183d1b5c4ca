/** A cart: what may be put in, and what comes back. It holds quantities only; prices are the catalogue's. */
import { accept, type Decision, type Id, refuse } from '@emporium/domain';
import type { Catalogue } from './catalogue.ts';

/** In a decision's outcome: the line's new quantity, where 0 removes it. */
export type CartLine = { readonly variantId: Id<'Variant'>; readonly quantity: number };

export const highestQuantity = 100_000;
export const mostLines = 2000;

export type CartRefusal = 'NOT_FOUND' | 'QUANTITY_LIMIT' | 'LINE_LIMIT' | 'CURRENCY_MISMATCH';
export type CartDecision = Decision<CartLine, CartRefusal>;

const quantities = (lines: readonly CartLine[]): Map<Id<'Variant'>, number> => {
  const byVariant = new Map<Id<'Variant'>, number>();
  for (const { variantId, quantity } of lines) {
    byVariant.set(variantId, (byVariant.get(variantId) ?? 0) + quantity);
  }
  return byVariant;
};

const linesOf = (byVariant: ReadonlyMap<Id<'Variant'>, number>): CartLine[] =>
  [...byVariant].map(([variantId, quantity]) => ({ variantId, quantity }));

/** Adds to what is there: all lines or none. The outcome lists the touched lines with their new quantities. */
export const addLines = (
  cart: readonly CartLine[],
  additions: readonly CartLine[],
  catalogue: Catalogue,
): CartDecision => {
  const held = quantities(cart);
  const touched = linesOf(quantities(additions)).map(({ variantId, quantity }) => ({
    variantId,
    quantity: (held.get(variantId) ?? 0) + quantity,
  }));
  return check(cart, touched, catalogue);
};

/** Sets a line to a quantity; 0 removes it, even when it is no longer sold. */
export const setLine = (cart: readonly CartLine[], line: CartLine, catalogue: Catalogue): CartDecision => {
  if (line.quantity > 0) return check(cart, [line], catalogue);
  const known = catalogue.has(line.variantId) || cart.some(({ variantId }) => variantId === line.variantId);
  return known ? accept(line) : refuse('NOT_FOUND');
};

/** The lines of an order that failed go back; where the sum would be too high, it stops at the highest quantity. */
export const putBack = (cart: readonly CartLine[], returned: readonly CartLine[]): readonly CartLine[] => {
  const held = quantities(cart);
  return linesOf(quantities(returned)).map(({ variantId, quantity }) => ({
    variantId,
    quantity: Math.min((held.get(variantId) ?? 0) + quantity, highestQuantity),
  }));
};

const check = (
  cart: readonly CartLine[],
  touched: readonly CartLine[],
  catalogue: Catalogue,
): CartDecision => {
  if (touched.some(({ variantId }) => !catalogue.get(variantId)?.active)) return refuse('NOT_FOUND');
  if (touched.some(({ quantity }) => quantity > highestQuantity)) return refuse('QUANTITY_LIMIT');
  const after = new Set([...cart, ...touched].map(({ variantId }) => variantId));
  if (after.size > mostLines) return refuse('LINE_LIMIT');
  const currencies = new Set([...after].flatMap((id) => catalogue.get(id)?.price.currency ?? []));
  return currencies.size > 1 ? refuse('CURRENCY_MISMATCH') : accept(...touched);
};
