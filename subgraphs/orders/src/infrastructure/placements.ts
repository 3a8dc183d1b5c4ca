import type { OrderId, Placements } from '../application/ports.ts';
import type { Tx } from './database.ts';

/** Idempotency keys within a transaction. */
export const createPlacements = (tx: Tx): Placements => ({
  find: async (buyerId, key) => {
    const bound = await tx.placementKey.findUnique({ where: { buyerId_key: { buyerId, key } } });
    return bound && { orderId: bound.orderId as OrderId, inputHash: bound.inputHash };
  },
  bind: async (placement) => {
    await tx.placementKey.create({ data: placement });
  },
});
