import type { PrivateRecords } from '../application/ports.ts';
import type { Tx } from './database.ts';

/** Rows that can be erased without touching history, within a transaction. */
export const createPrivateRecords = (tx: Tx): PrivateRecords => ({
  keepAddress: async (orderId, address) => {
    await tx.orderAddress.create({ data: { orderId, ...address } });
  },
  keepToken: async (orderId, token) => {
    await tx.orderPaymentToken.create({ data: { orderId, token } });
  },
  keepCancelReason: async (orderId, cancelReason) => {
    await tx.orderNote.create({ data: { orderId, cancelReason } });
  },
});
