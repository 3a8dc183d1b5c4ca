import { gather } from '@emporium/messaging';
import type { CommissionRates, UserId } from '../application/ports.ts';
import type { BasisPoints } from '../domain/commission.ts';
import type { Prisma } from './generated/client.ts';

/**
 * What is kept of sales. Of each seller and currency, of each seller, of each currency and of all, the last that is valid now
 * counts, and of these the narrowest that has not ended; without any it is `otherwise`.
 */
export const prismaCommission = (tx: Prisma.TransactionClient, otherwise: BasisPoints): CommissionRates => {
  const rateOf = gather((sales: readonly Sale[]) => ratesOf(tx, sales));
  return {
    ratesFor: async (sellerIds, currency) => {
      const rates = await Promise.all(sellerIds.map((sellerId) => rateOf({ sellerId, currency })));
      return new Map(sellerIds.map((sellerId, index) => [sellerId, rates[index] ?? otherwise]));
    },
    add: async ({ validFrom, ...rate }, setBy) => {
      await tx.commissionRate.createMany({ data: { ...rate, setBy, validFrom: new Date(validFrom) } });
    },
  };
};

type Sale = { readonly sellerId: UserId; readonly currency: string };

/** In the order of the sales; null where nobody set one. */
const ratesOf = async (
  tx: Prisma.TransactionClient,
  sales: readonly Sale[],
): Promise<readonly (BasisPoints | null)[]> => {
  const rows = await tx.$queryRaw<(Sale & { basisPoints: number })[]>`
    SELECT DISTINCT ON (sale, sold_in) sale AS "sellerId", sold_in AS currency, basis_points AS "basisPoints"
    FROM (
      SELECT DISTINCT ON (sale, sold_in, rate.seller_id, rate.currency)
        sale, sold_in, rate.seller_id, rate.currency, basis_points
      FROM unnest(
        ${sales.map(({ sellerId }) => sellerId)}::text[], ${sales.map(({ currency }) => currency)}::text[]
      ) AS sold (sale, sold_in)
      JOIN commission_rates AS rate
        ON coalesce(rate.seller_id, sale) = sale AND coalesce(rate.currency, sold_in) = sold_in
      WHERE valid_from <= now()
      ORDER BY sale, sold_in, rate.seller_id, rate.currency, valid_from DESC, rate.id DESC
    ) AS last
    WHERE basis_points IS NOT NULL
    ORDER BY sale, sold_in, seller_id NULLS LAST, last.currency NULLS LAST`;
  const key = ({ sellerId, currency }: Sale) => `${sellerId} ${currency}`;
  const found = new Map(rows.map((row) => [key(row), row.basisPoints]));
  return sales.map((sale) => found.get(key(sale)) ?? null);
};
