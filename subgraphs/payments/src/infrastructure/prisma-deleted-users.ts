import type { DeletedUsers } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';

export const prismaDeletedUsers = (tx: Prisma.TransactionClient): DeletedUsers => ({
  forget: async (userId) => {
    await tx.$executeRaw`INSERT INTO deleted_users (user_id) VALUES (${userId}) ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`DELETE FROM verified_users WHERE user_id = ${userId}`;
    await tx.$executeRaw`DELETE FROM payout_accounts WHERE user_id = ${userId}`;
    await tx.$executeRaw`
      UPDATE disputes SET note = NULL, idempotency_key = NULL, input_hash = NULL WHERE buyer_id = ${userId}`;
    // A client may have put anything into its keys; nobody repeats a wish of theirs any more.
    await tx.$executeRaw`UPDATE wallet_requests SET idempotency_key = id, input_hash = '' WHERE user_id = ${userId}`;
  },
});
