import type { VerifiedUsers } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';

export const prismaVerifiedUsers = (tx: Prisma.TransactionClient): VerifiedUsers => ({
  add: async (userId) => {
    await tx.$executeRaw`INSERT INTO verified_users (user_id) VALUES (${userId}) ON CONFLICT DO NOTHING`;
  },
  isVerified: async (userId) => (await tx.verifiedUser.findUnique({ where: { userId } })) !== null,
});
