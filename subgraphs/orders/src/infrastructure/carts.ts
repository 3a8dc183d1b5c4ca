import type { Id } from '@emporium/domain';
import { v7 as newId } from 'uuid';
import type { Carts } from '../application/ports.ts';
import type { CartLine } from '../domain/cart.ts';
import type { Tx } from './database.ts';

/** Carts within a transaction. */
export const createCarts = (tx: Tx): Carts => ({
  open: async (buyerId) => {
    // The update changes nothing but takes the lock, and makes RETURNING answer for a cart that exists.
    const [cart] = await tx.$queryRaw<{ id: Id<'Cart'> }[]>`
      INSERT INTO carts (id, buyer_id) VALUES (${newId()}, ${buyerId})
      ON CONFLICT (buyer_id) DO UPDATE SET buyer_id = excluded.buyer_id
      RETURNING id`;
    if (!cart) throw new Error(`no cart could be opened for ${buyerId}`);
    const lines = await tx.$queryRaw<CartLine[]>`
      SELECT variant_id AS "variantId", quantity FROM cart_lines WHERE cart_id = ${cart.id} ORDER BY position`;
    return { id: cart.id, lines };
  },

  setLines: async (id, lines) => {
    const kept = lines.filter(({ quantity }) => quantity > 0);
    const removed = lines.filter(({ quantity }) => quantity === 0).map(({ variantId }) => variantId);
    if (removed.length > 0) {
      await tx.$executeRaw`DELETE FROM cart_lines WHERE cart_id = ${id} AND variant_id = ANY(${removed})`;
    }
    if (kept.length === 0) return;
    await tx.$executeRaw`
      INSERT INTO cart_lines (cart_id, variant_id, quantity)
      SELECT ${id}, variant_id, quantity
      FROM unnest(
        ${kept.map(({ variantId }) => variantId)}::text[], ${kept.map(({ quantity }) => quantity)}::integer[]
      ) WITH ORDINALITY AS line (variant_id, quantity, ordinal)
      ORDER BY ordinal
      ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = excluded.quantity`;
  },

  empty: async (id) => {
    await tx.$executeRaw`DELETE FROM cart_lines WHERE cart_id = ${id}`;
  },
});
