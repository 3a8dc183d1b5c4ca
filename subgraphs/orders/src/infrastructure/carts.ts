import { v7 as newId } from 'uuid';
import type { Cart, CartId, Carts, UserId, VariantId } from '../application/ports.ts';
import type { HeldLine } from '../domain/cart.ts';
import { tellOfCart } from './cart-news.ts';
import type { Tx } from './database.ts';
import { ConcurrencyError } from './history.ts';

type CartRow = {
  readonly id: CartId;
  readonly buyerId: UserId | null;
  readonly version: number;
  readonly mergedInto: CartId | null;
};

type LineRow = {
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly minor: bigint | null;
  readonly currency: string | null;
};

/** Carts within a transaction. Whatever gives one out holds its row. */
export const createCarts = (tx: Tx): Carts => {
  const filled = async (row: CartRow) => {
    const lines = await tx.$queryRaw<LineRow[]>`
      SELECT variant_id AS "variantId", quantity, added_minor AS minor, added_currency AS currency
      FROM cart_lines WHERE cart_id = ${row.id} ORDER BY position`;
    return { ...row, lines: lines.map(lineOf) };
  };

  return {
    open: async (buyerId) => {
      // The update changes nothing but takes the lock, and makes RETURNING answer for a cart that exists.
      const [cart] = await tx.$queryRaw<CartRow[]>`
        INSERT INTO carts (id, buyer_id) VALUES (${newId()}, ${buyerId})
        ON CONFLICT (buyer_id) DO UPDATE SET buyer_id = excluded.buyer_id
        RETURNING id, buyer_id AS "buyerId", version, merged_into AS "mergedInto"`;
      if (!cart) throw new Error(`no cart could be opened for ${buyerId}`);
      return filled(cart);
    },

    openForGuest: async (tokenHash) => {
      const id = newId() as CartId;
      await tx.$executeRaw`INSERT INTO carts (id, token_hash) VALUES (${id}, ${tokenHash})`;
      return { id, buyerId: null, version: 0, lines: [] };
    },

    ofGuest: async (tokenHash) => {
      const [cart] = await tx.$queryRaw<CartRow[]>`
        SELECT id, buyer_id AS "buyerId", version, merged_into AS "mergedInto"
        FROM carts WHERE token_hash = ${tokenHash} FOR UPDATE`;
      return cart ? filled(cart) : null;
    },

    ofNobody: async (id, { guestDays, accountDays }) => {
      const [cart] = await tx.$queryRaw<CartRow[]>`
        SELECT id, buyer_id AS "buyerId", version, merged_into AS "mergedInto"
        FROM carts
        WHERE id = ${id} AND changed_at < now() - make_interval(
          days => CASE WHEN buyer_id IS NULL THEN ${guestDays}::integer ELSE ${accountDays}::integer END)
        FOR UPDATE SKIP LOCKED`;
      return cart ? filled(cart) : null;
    },

    change: async (cart, cause, lines) => {
      if (lines.length === 0) return;
      await writeLines(tx, cart, lines);
      await tellOfCart(tx, cart, cause, lines);
    },

    ofGuestOrder: async (orderId) => {
      const [cart] = await tx.$queryRaw<CartRow[]>`
        SELECT id, buyer_id AS "buyerId", version, merged_into AS "mergedInto"
        FROM carts
        WHERE id = (
          SELECT coalesce(merged_into, id) FROM carts
          WHERE id = (SELECT cart_id FROM guest_orders WHERE order_id = ${orderId}))
        FOR UPDATE`;
      // Who merges holds the buyer's cart first: held the other way round, two would wait for each other.
      if (cart && cart.mergedInto !== null) throw new ConcurrencyError(`cart ${cart.id} has been merged`);
      return cart ? filled(cart) : null;
    },

    endMerged: async ({ id }, into) => {
      await tx.$executeRaw`UPDATE carts SET merged_into = ${into}, changed_at = now() WHERE id = ${id}`;
    },

    forgetMerged: async (into) => {
      await tx.$executeRaw`DELETE FROM carts WHERE merged_into = ${into}`;
    },

    letGo: async ({ id, buyerId }) => {
      if (buyerId === null) await tx.$executeRaw`DELETE FROM carts WHERE id = ${id}`;
      else await tx.$executeRaw`UPDATE carts SET changed_at = now() WHERE id = ${id}`;
    },
  };
};

const lineOf = ({ variantId, quantity, minor, currency }: LineRow): HeldLine => ({
  variantId,
  quantity,
  priceAdded: minor === null || currency === null ? null : { minor, currency },
});

const writeLines = async (tx: Tx, { id }: Cart, lines: readonly HeldLine[]): Promise<void> => {
  const kept = lines.filter(({ quantity }) => quantity > 0);
  const removed = lines.filter(({ quantity }) => quantity === 0).map(({ variantId }) => variantId);
  if (removed.length > 0) {
    await tx.$executeRaw`DELETE FROM cart_lines WHERE cart_id = ${id} AND variant_id = ANY(${removed})`;
  }
  if (kept.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO cart_lines (cart_id, variant_id, quantity, added_minor, added_currency)
    SELECT ${id}, variant_id, quantity, added_minor::bigint, added_currency
    FROM unnest(
      ${kept.map(({ variantId }) => variantId)}::text[],
      ${kept.map(({ quantity }) => quantity)}::integer[],
      ${kept.map(({ priceAdded }) => priceAdded?.minor.toString() ?? null)}::text[],
      ${kept.map(({ priceAdded }) => priceAdded?.currency ?? null)}::text[]
    ) WITH ORDINALITY AS line (variant_id, quantity, added_minor, added_currency, ordinal)
    ORDER BY ordinal
    ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = excluded.quantity`;
};
