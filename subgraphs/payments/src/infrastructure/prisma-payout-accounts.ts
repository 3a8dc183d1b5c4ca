import type { PayoutAccounts } from '../application/ports.ts';
import type { Prisma } from './generated/client.ts';

export const prismaPayoutAccounts = (tx: Prisma.TransactionClient): PayoutAccounts => ({
  set: async (userId, provider, account) => {
    await tx.$executeRaw`
      INSERT INTO payout_accounts (user_id, provider, account) VALUES (${userId}, ${provider}, ${account})
      ON CONFLICT (user_id, provider) DO UPDATE SET account = excluded.account, set_at = now()`;
  },
  find: async (userId, provider) => {
    const row = await tx.payoutAccount.findUnique({ where: { userId_provider: { userId, provider } } });
    return row?.account ?? null;
  },
});
