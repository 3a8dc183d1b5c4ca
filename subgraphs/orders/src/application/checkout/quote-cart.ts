import { guestOf } from '../../domain/guest.ts';
import { type CartHolder, cartOf } from '../change-cart.ts';
import type { Fingerprint } from '../place-order.ts';
import type { Transact } from '../ports.ts';
import { type CheckoutWish, type PricedCart, priceCart } from './price-cart.ts';

export type QuoteCartOutcome =
  | PricedCart
  | { readonly ok: false; readonly refusal: { readonly code: 'CART_NOT_FOUND' } };

/** What an order of the cart would cost now. It changes nothing, but counts wrong guesses at codes. */
export const quoteCart =
  (transact: Transact, fingerprint: Fingerprint) =>
  (holder: CartHolder, wish: Omit<CheckoutWish, 'expectedTotal'>): Promise<QuoteCartOutcome> =>
    transact(async (ports) => {
      const cart = await cartOf(ports.carts, fingerprint, holder);
      if (!cart) return { ok: false, refusal: { code: 'CART_NOT_FOUND' } };
      const shopperId = cart.buyerId ?? guestOf(cart.id);
      return priceCart(ports, shopperId, cart.lines, { ...wish, expectedTotal: null });
    });
