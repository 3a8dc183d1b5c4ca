import type { Transact, UserId } from '../ports.ts';
import { type CheckoutWish, type PricedCart, priceCart } from './price-cart.ts';

/** What an order of the buyer's cart would cost now. It changes nothing, but counts wrong guesses at codes. */
export const quoteCart =
  (transact: Transact) =>
  (buyerId: UserId, wish: Omit<CheckoutWish, 'expectedTotal'>): Promise<PricedCart> =>
    transact(async (ports) => {
      const { lines } = await ports.carts.open(buyerId);
      return priceCart(ports, buyerId, lines, { ...wish, expectedTotal: null });
    });
