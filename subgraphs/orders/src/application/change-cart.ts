import { addLines, type CartDecision, type CartLine, type CartRefusal, setLine } from '../domain/cart.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Transact, UserId } from './ports.ts';

export type ChangeCartOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: CartRefusal };

type Change = (cart: readonly CartLine[], catalogue: Catalogue) => CartDecision;

const changeCart = (
  transact: Transact,
  buyerId: UserId,
  named: readonly CartLine[],
  change: Change,
): Promise<ChangeCartOutcome> =>
  transact(async ({ carts, catalogue }) => {
    const cart = await carts.open(buyerId);
    const ids = [...cart.lines, ...named].map(({ variantId }) => variantId);
    const decision = change(cart.lines, await catalogue.find(ids));
    if (!decision.ok) return decision;
    await carts.setLines(cart.id, decision.events);
    return { ok: true };
  });

/** Adds quantities to the buyer's cart: all lines or none. */
export const addToCart = (transact: Transact) => (buyerId: UserId, lines: readonly CartLine[]) =>
  changeCart(transact, buyerId, lines, (cart, catalogue) => addLines(cart, lines, catalogue));

/** Sets a line of the buyer's cart to a quantity; 0 removes it. */
export const updateCartLine = (transact: Transact) => (buyerId: UserId, line: CartLine) =>
  changeCart(transact, buyerId, [line], (cart, catalogue) => setLine(cart, line, catalogue));
