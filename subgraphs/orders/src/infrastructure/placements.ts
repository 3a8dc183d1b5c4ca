import type { OrderId, Placements } from '../application/ports.ts';
import type { Tx } from './database.ts';

/** Idempotency keys within a transaction. */
export const createPlacements = (tx: Tx): Placements => ({
  find: async (buyerId, key) => {
    const [bound] = await tx.$queryRaw<{ orderId: OrderId; inputHash: string }[]>`
      SELECT order_id AS "orderId", input_hash AS "inputHash"
      FROM placement_keys WHERE buyer_id = ${buyerId} AND key = ${key}`;
    return bound ?? null;
  },
  bind: async ({ buyerId, key, inputHash, orderId }) => {
    await tx.$executeRaw`
      INSERT INTO placement_keys (buyer_id, key, input_hash, order_id)
      VALUES (${buyerId}, ${key}, ${inputHash}, ${orderId})`;
  },
});
