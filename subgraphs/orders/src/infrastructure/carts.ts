import { asInstant, type Instant } from '@emporium/domain';
import { v7 as newId } from 'uuid';
import type { Cart, CartId, Carts, UserId, VariantId } from '../application/ports.ts';
import type { HeldLine } from '../domain/cart.ts';
import { type CartChange, tellOfCart } from './cart-news.ts';
import type { Tell, Tx } from './database.ts';
import { Prisma } from './generated/client.ts';
import { ConcurrencyError } from './history.ts';
import type { Writes } from './writes.ts';

type CartRow = {
  readonly id: CartId;
  readonly buyerId: UserId | null;
  readonly version: number;
  readonly mergedInto: CartId | null;
};

/** A cart as it was when it was asked for, which may have been before others let go of it. */
type Seen = {
  readonly seenVersion: number | null;
  readonly seenLines: readonly (Omit<LineRow, 'minor'> & { readonly minor: string | null })[] | null;
};

type LineRow = {
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly minor: bigint | null;
  readonly currency: string | null;
};

/** Carts within a transaction. Whatever gives one out holds its row. */
export const createCarts = (tx: Tx, writes: Writes, tell: Tell): Carts => {
  const filled = async (row: CartRow) => {
    const lines = await tx.$queryRaw<LineRow[]>`
      SELECT variant_id AS "variantId", quantity, added_minor AS minor, added_currency AS currency
      FROM cart_lines WHERE cart_id = ${row.id} ORDER BY position`;
    return { ...row, lines: lines.map(lineOf) };
  };

  /** A cart that is held has the next version, whoever writes it when; only the time may have to be asked for. */
  const raiseVersion = async (
    { id, version }: Cart,
    removed: readonly VariantId[],
    since: Instant | undefined,
  ): Promise<CartChange> => {
    const remove = Prisma.sql`DELETE FROM cart_lines WHERE cart_id = ${id} AND variant_id = ANY(${removed})`;
    const raise = Prisma.sql`UPDATE carts SET version = version + 1, changed_at = now() WHERE id = ${id}`;
    if (since !== undefined) {
      writes.later(remove, raise);
      return { version: version + 1, at: since };
    }
    const [now] = await tx.$queryRaw<{ version: number; at: Date }[]>`
      WITH removed AS (${remove}) ${raise} RETURNING version, clock_timestamp() AS at`;
    if (!now) throw new Error(`cart ${id} changed and is not there`);
    return { version: now.version, at: asInstant(now.at.toISOString()) };
  };

  return {
    open: async (buyerId) => {
      // The update changes nothing but takes the lock, and makes RETURNING answer for a cart that exists. OFFSET 0 has it looked
      // up by its id, whatever the table held when this was planned.
      const id = newId();
      const [row] = await tx.$queryRaw<(CartRow & Seen)[]>`
        WITH held AS (
          INSERT INTO carts (id, buyer_id) VALUES (${id}, ${buyerId})
          ON CONFLICT (buyer_id) DO UPDATE SET buyer_id = excluded.buyer_id
          RETURNING id, buyer_id, version, merged_into
        )
        SELECT held.id, held.buyer_id AS "buyerId", held.version, held.merged_into AS "mergedInto",
          seen.version AS "seenVersion",
          (SELECT jsonb_agg(jsonb_build_object('variantId', variant_id, 'quantity', quantity,
            'minor', added_minor::text, 'currency', added_currency) ORDER BY position)
            FROM cart_lines WHERE cart_id = held.id) AS "seenLines"
        FROM held LEFT JOIN LATERAL (SELECT version FROM carts WHERE id = held.id OFFSET 0) AS seen ON true`;
      if (!row) throw new Error(`no cart could be opened for ${buyerId}`);
      const { seenVersion, seenLines, ...cart } = row;
      // Who had to wait for it has seen the lines from before.
      if (cart.id !== id && cart.version !== seenVersion) return filled(cart);
      const lines = seenLines ?? [];
      return {
        ...cart,
        lines: lines.map(({ minor, ...line }) =>
          lineOf({ ...line, minor: minor === null ? null : BigInt(minor) }),
        ),
      };
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

    change: async (cart, cause, lines, since) => {
      if (lines.length === 0) return;
      await writeLines(tx, cart, lines);
      const removed = lines.filter(({ quantity }) => quantity === 0).map(({ variantId }) => variantId);
      const change = await raiseVersion(cart, removed, since);
      tellOfCart(tell, cart, cause, lines, change);
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
