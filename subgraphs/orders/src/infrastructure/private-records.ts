import type { PrivateRecords } from '../application/ports.ts';
import type { Tx } from './database.ts';

/** Rows that can be erased without touching history, within a transaction. */
export const createPrivateRecords = (tx: Tx): PrivateRecords => ({
  keepCancelReason: async (orderId, cancelReason) => {
    await tx.orderNote.create({ data: { orderId, cancelReason } });
  },
  keepCancellationReason: async (id, orderId, reason) => {
    await tx.cancellationNote.create({ data: { id, orderId, reason } });
  },
  keepReturnNote: async (returnId, orderId, about, text) => {
    await tx.returnNote.create({ data: { returnId, orderId, about, text } });
  },
  eraseAllOf: async (buyerId) => {
    await tx.$executeRaw`
      DELETE FROM order_addresses address USING orders
      WHERE orders.id = address.order_id AND orders.buyer_id = ${buyerId}
        AND (orders.status IN ('COMPLETED', 'FAILED', 'CANCELLED') OR NOT EXISTS (
          SELECT 1 FROM shipments WHERE shipments.order_id = orders.id AND shipments.status = 'PENDING'))`;
    await tx.$executeRaw`
      DELETE FROM order_notes note USING orders
      WHERE orders.id = note.order_id AND orders.buyer_id = ${buyerId}`;
    await tx.$executeRaw`
      DELETE FROM cancellation_notes note USING orders
      WHERE orders.id = note.order_id AND orders.buyer_id = ${buyerId}`;
    await tx.$executeRaw`
      DELETE FROM return_notes note USING orders
      WHERE orders.id = note.order_id AND orders.buyer_id = ${buyerId}`;
    await tx.$executeRaw`
      DELETE FROM order_payment_tokens token USING orders
      WHERE orders.id = token.order_id AND orders.buyer_id = ${buyerId}`;
  },
});
