import type { ClaimedOrders } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';
import { turnOfPayment } from './turn.ts';

export const prismaClaimedOrders = (tx: Prisma.TransactionClient): ClaimedOrders => ({
  claim: async (orderId, buyerId) => {
    await turnOfPayment(tx, orderId);
    await tx.$executeRaw`
      INSERT INTO claimed_orders (order_id, buyer_id) VALUES (${orderId}, ${buyerId}) ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`
      UPDATE payments SET buyer_id = ${buyerId}, guest_token_hash = NULL
      WHERE order_id = ${orderId} AND buyer_id IS NOT NULL`;
  },
  close: async (orderId, guestId) => {
    await turnOfPayment(tx, orderId);
    await tx.$executeRaw`
      INSERT INTO claimed_orders (order_id, buyer_id) VALUES (${orderId}, ${guestId}) ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`UPDATE payments SET guest_token_hash = NULL WHERE order_id = ${orderId}`;
  },
});
