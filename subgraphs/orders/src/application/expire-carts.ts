import { takeOut } from '../domain/cart.ts';
import type { CartId, CartPatience, Transact } from './ports.ts';

/** Port: carts that nobody has touched for so long by the database's clock, those left longest first. */
export type FindLeftCarts = (patience: CartPatience, limit: number) => Promise<readonly CartId[]>;

const batch = 200;

/**
 * Empties carts that nobody has touched for too long, each in a transaction of its own; one that cannot be emptied does not
 * hold up the others. `failed` hears of it, and it is tried again at the next call.
 */
export const expireCarts =
  (transact: Transact, findLeft: FindLeftCarts, patience: CartPatience) =>
  async (failed: (error: unknown, cartId: CartId) => void): Promise<void> => {
    for (const id of await findLeft(patience, batch)) {
      await expire(transact, patience, id).catch((error: unknown) => failed(error, id));
    }
  };

const expire = (transact: Transact, patience: CartPatience, id: CartId): Promise<void> =>
  transact(async ({ carts }) => {
    const cart = await carts.ofNobody(id, patience);
    if (!cart) return;
    await carts.change(cart, 'EXPIRED', takeOut(cart.lines));
    await carts.letGo(cart);
  });
