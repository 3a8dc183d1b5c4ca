import type { DeletedUsers, UserId } from '../application/ports.ts';
import type { Tx } from './database.ts';

export const createDeletedUsers = (tx: Tx): DeletedUsers => ({
  add: async (userId) => {
    await tx.$executeRaw`INSERT INTO deleted_users (user_id) VALUES (${userId}) ON CONFLICT DO NOTHING`;
  },
  has: async (userId) => {
    const rows = await tx.$queryRaw<unknown[]>`SELECT FROM deleted_users WHERE user_id = ${userId}`;
    return rows.length > 0;
  },
  buyerOf: async (orderId) => {
    const [row] = await tx.$queryRaw<{ id: UserId }[]>`
      SELECT user_id AS id FROM deleted_users JOIN orders ON buyer_id = user_id WHERE orders.id = ${orderId}`;
    return row?.id ?? null;
  },
});
