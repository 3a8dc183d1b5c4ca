import type { OrderId, ReturnId, ReturnKeys } from '../application/ports.ts';
import type { Tx } from './database.ts';

/** Idempotency keys of returns within a transaction. */
export const createReturnKeys = (tx: Tx): ReturnKeys => ({
  find: async (buyerId, key) => {
    const name = `return ${key} of ${buyerId}`;
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`;
    const bound = await tx.returnKey.findUnique({ where: { buyerId_key: { buyerId, key } } });
    return (
      bound && {
        returnId: bound.returnId as ReturnId,
        orderId: bound.orderId as OrderId,
        inputHash: bound.inputHash,
      }
    );
  },
  bind: async (bound) => {
    await tx.returnKey.create({ data: bound });
  },
});
