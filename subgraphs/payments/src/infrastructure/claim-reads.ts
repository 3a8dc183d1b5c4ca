import type { Reads } from '../application/reads.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';

type Row = { id: string; userId: string; currency: string; minor: bigint };

/** What screens ask of claims: balances with what was not folded into them yet. */
export const claimReads = (prisma: Pick<PrismaClient, '$queryRaw'>): Pick<Reads, 'claims'> => ({
  claims: async (currency, { limit, after }) => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT id, "userId", currency, minor
      FROM (
        SELECT claim.id, wallet.owner_id AS "userId", claim.currency, claim.balance + coalesce(
          (SELECT sum(amount) FROM balance_additions WHERE account_id = claim.id), 0)::bigint AS minor
        FROM accounts AS claim JOIN accounts AS wallet ON wallet.id = 'wallet' || substr(claim.id, length('claims') + 1)
        WHERE claim.id LIKE 'claims:%' AND ${currency === null ? Prisma.sql`TRUE` : Prisma.sql`claim.currency = ${currency}`}
      ) AS claims
      WHERE minor > 0 AND ${after === null ? Prisma.sql`TRUE` : Prisma.sql`(minor, id) < (${after.minor}, ${after.id})`}
      ORDER BY minor DESC, id DESC LIMIT ${limit}`;
    return rows.map(({ id, userId, currency: owedIn, minor }) => ({
      id,
      userId,
      owed: { minor, currency: owedIn },
    }));
  },
});
