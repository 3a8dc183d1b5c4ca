import {
  addLines,
  type CartCause,
  type CartContents,
  type CartDecision,
  type CartLine,
  type CartOwner,
  type CartRefusal,
  causeOfSetting,
  type Seen,
  setLine,
} from '../domain/cart.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Fingerprint } from './place-order.ts';
import type { Cart, Carts, Transact, UserId, VariantId } from './ports.ts';

/** Whose cart is meant: a buyer's, or the guest's who holds this token. */
export type CartHolder = UserId | { readonly cartToken: string };

export type CartRefused = {
  readonly ok: false;
  readonly refusal: CartRefusal;
  /** The line that is to blame, if it is one. */
  readonly variantId?: VariantId;
};

export type ChangeCartOutcome = { readonly ok: true } | CartRefused;

type Change = {
  readonly named: readonly CartLine[];
  readonly decide: (cart: CartContents, catalogue: Catalogue, owner: CartOwner) => CartDecision;
  readonly causeIn: (cart: CartContents) => CartCause;
};

const changeCart = (
  transact: Transact,
  fingerprint: Fingerprint,
  holder: CartHolder,
  { named, decide, causeIn }: Change,
): Promise<ChangeCartOutcome> =>
  transact(async ({ carts, catalogue }) => {
    const cart = await cartOf(carts, fingerprint, holder);
    if (!cart) return { ok: false, refusal: 'CART_NOT_FOUND' };
    const ids = [...cart.lines, ...named].map(({ variantId }) => variantId);
    const decision = decide(cart, await catalogue.find(ids), cart.buyerId);
    if (!decision.ok) return decision;
    await carts.change(cart, causeIn(cart), decision.events);
    return { ok: true };
  });

/** The cart that is meant, held; null for a token that opens none any more. */
export const cartOf = async (
  carts: Carts,
  fingerprint: Fingerprint,
  holder: CartHolder,
): Promise<Cart | null> => {
  if (typeof holder === 'string') return carts.open(holder);
  const guest = await carts.ofGuest(fingerprint(holder.cartToken));
  return guest?.mergedInto === null ? guest : null;
};

/** Adds quantities to a cart: all lines or none. */
export const addToCart =
  (transact: Transact, fingerprint: Fingerprint) => (holder: CartHolder, lines: readonly CartLine[]) =>
    changeCart(transact, fingerprint, holder, {
      named: lines,
      decide: (cart, catalogue, owner) => addLines(cart.lines, lines, catalogue, owner),
      causeIn: () => 'ADDED',
    });

/** Sets a line of a cart to a quantity; 0 removes it. What the client saw before may be said, and must then still be so. */
export const updateCartLine =
  (transact: Transact, fingerprint: Fingerprint) =>
  (holder: CartHolder, line: CartLine, seen: Seen = { version: null, quantity: null }) =>
    changeCart(transact, fingerprint, holder, {
      named: [line],
      decide: (cart, catalogue, owner) => setLine(cart, line, seen, catalogue, owner),
      causeIn: ({ lines }) => causeOfSetting(lines, line),
    });
