import type { Wallet } from '../application/ports.ts';
import type { FindDebtors } from '../application/recover-claims.ts';
import type { PrismaClient } from './generated/client.ts';

/** What came in may not be folded into its balance yet: then it is found at a later turn. */
export const createFindDebtors =
  (prisma: Pick<PrismaClient, '$queryRaw'>): FindDebtors =>
  (limit) =>
    prisma.$queryRaw<Wallet[]>`
      SELECT wallet.owner_id AS "userId", wallet.currency
      FROM accounts AS claim JOIN accounts AS wallet ON wallet.id = 'wallet' || substr(claim.id, length('claims') + 1)
      WHERE claim.id LIKE 'claims:%' AND claim.balance > 0 AND wallet.balance > 0 LIMIT ${limit}`;
