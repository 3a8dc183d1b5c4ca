import type { OrderId, Placements } from '../application/ports.ts';
import type { Tx } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { Writes } from './writes.ts';

type Row = { orderId: OrderId | null; inputHash: string | null; isGone: boolean };

/** Idempotency keys within a transaction, and what comes with an order and goes before it. */
export const createPlacements = (tx: Tx, writes: Writes): Placements => ({
  find: async (buyerId, key) => {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT order_id AS "orderId", input_hash AS "inputHash",
        EXISTS (SELECT FROM deleted_users WHERE user_id = ${buyerId}) AS "isGone"
      FROM (SELECT) AS asked LEFT JOIN placement_keys ON buyer_id = ${buyerId} AND key = ${key}`;
    if (!row) throw new Error('an answer without a row');
    const { orderId, inputHash, isGone } = row;
    return { bound: orderId !== null && inputHash !== null ? { orderId, inputHash } : null, isGone };
  },

  bind: async ({ buyerId, key, inputHash, orderId, address, card }) => {
    const { name, line1, line2, city, postalCode, country, region } = address;
    writes.later(
      Prisma.sql`
        INSERT INTO order_addresses (order_id, name, line1, line2, city, postal_code, country, region)
        VALUES (${orderId}, ${name}, ${line1}, ${line2}, ${city}, ${postalCode}, ${country}, ${region})`,
      Prisma.sql`
        INSERT INTO order_payment_tokens (order_id, sealed_token, payment_method_id)
        SELECT ${orderId}, sealed, method
        FROM (SELECT ${card.sealedToken}::text AS sealed, ${card.paymentMethodId}::text AS method) AS given
        WHERE num_nonnulls(sealed, method) > 0`,
      Prisma.sql`
        INSERT INTO placement_keys (buyer_id, key, input_hash, order_id)
        VALUES (${buyerId}, ${key}, ${inputHash}, ${orderId})`,
    );
  },
});
