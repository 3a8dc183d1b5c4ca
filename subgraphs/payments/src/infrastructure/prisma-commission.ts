import type { CommissionRates, UserId } from '../application/ports.ts';
import type { BasisPoints } from '../domain/commission.ts';
import type { Prisma } from './generated/client.ts';

/**
 * What is kept of sales. Of each seller and currency, of each seller, of each currency and of all, the last that is valid now
 * counts, and of these the narrowest that has not ended; without any it is `otherwise`.
 */
export const prismaCommission = (
  tx: Prisma.TransactionClient,
  otherwise: BasisPoints,
): CommissionRates => ({
  ratesFor: async (sellerIds, currency) => {
    const rows = await tx.$queryRaw<{ sellerId: UserId; basisPoints: number }[]>`
      SELECT DISTINCT ON (seller) seller AS "sellerId", basis_points AS "basisPoints"
      FROM (
        SELECT DISTINCT ON (seller, rate.seller_id, rate.currency) seller, rate.seller_id, rate.currency, basis_points
        FROM unnest(${sellerIds}::text[]) AS seller
        JOIN commission_rates AS rate
          ON coalesce(rate.seller_id, seller) = seller AND coalesce(rate.currency, ${currency}) = ${currency}
        WHERE valid_from <= now()
        ORDER BY seller, rate.seller_id, rate.currency, valid_from DESC, rate.id DESC
      ) AS last
      WHERE basis_points IS NOT NULL
      ORDER BY seller, seller_id NULLS LAST, currency NULLS LAST`;
    const found = new Map(rows.map((row) => [row.sellerId, row.basisPoints]));
    return new Map(sellerIds.map((sellerId) => [sellerId, found.get(sellerId) ?? otherwise]));
  },
  add: async ({ validFrom, ...rate }, setBy) => {
    await tx.commissionRate.createMany({ data: { ...rate, setBy, validFrom: new Date(validFrom) } });
  },
});
