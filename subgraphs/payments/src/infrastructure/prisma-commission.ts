import { gather } from '@emporium/messaging';
import type { Agreed, CommissionRates, UserId } from '../application/ports.ts';
import type { BasisPoints } from '../domain/commission.ts';
import { crossRate } from '../domain/conversion.ts';
import { euroRateOf, usableRate } from './euro-rates.ts';
import { Prisma } from './generated/client.ts';

/** What counts where nobody said anything: a commission, and how many days old the newest rates may be to be promised. */
export type SaleDefaults = { readonly commission: BasisPoints; readonly rateDays: number };

/**
 * What is kept of sales. Of each seller and currency, of each seller, of each currency and of all, the last that is valid now
 * counts, and of these the narrowest that has not ended; without any it is the default. By what a seller is paid in another
 * currency is read along, so that a sale in one costs no statement more.
 */
export const prismaCommission = (tx: Prisma.TransactionClient, defaults: SaleDefaults): CommissionRates => {
  const agree = gather((sales: readonly Sale[]) => agreedOn(tx, sales, defaults));
  return {
    agreedFor: async (sellerIds, currency) => {
      const agreed = await Promise.all(sellerIds.map((sellerId) => agree({ sellerId, currency })));
      return new Map(
        sellerIds.flatMap((sellerId, index) => (agreed[index] ? [[sellerId, agreed[index]]] : [])),
      );
    },
    add: async ({ validFrom, ...rate }, setBy) => {
      await tx.commissionRate.createMany({ data: { ...rate, setBy, validFrom: new Date(validFrom) } });
    },
  };
};

type Sale = { readonly sellerId: UserId; readonly currency: string };
type Row = {
  readonly number: bigint;
  readonly basisPoints: number | null;
  readonly settlesIn: string | null;
  readonly rate: string | null;
  readonly rateDate: string | null;
  readonly toRate: string | null;
  readonly toRateDate: string | null;
};

/** In the order of the sales. */
const agreedOn = async (
  tx: Prisma.TransactionClient,
  sales: readonly Sale[],
  { commission, rateDays }: SaleDefaults,
): Promise<readonly Agreed[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT number, kept.basis_points AS "basisPoints", chosen.currency AS "settlesIn",
      sold_rate.rate, sold_rate.date AS "rateDate", own_rate.rate AS "toRate", own_rate.date AS "toRateDate"
    FROM unnest(
      ${sales.map(({ sellerId }) => sellerId)}::text[], ${sales.map(({ currency }) => currency)}::text[]
    ) WITH ORDINALITY AS sold (sale, sold_in, number)
    LEFT JOIN LATERAL (${commissionOn}) AS kept ON true
    LEFT JOIN LATERAL (
      SELECT currency FROM settlement_choices WHERE seller_id = sale ORDER BY position DESC LIMIT 1
    ) AS chosen ON chosen.currency <> sold_in
    LEFT JOIN LATERAL ${usableRate(Prisma.sql`sold_in`, rateDays)} AS sold_rate ON chosen.currency IS NOT NULL
    LEFT JOIN LATERAL ${usableRate(Prisma.sql`chosen.currency`, rateDays)} AS own_rate ON true
    ORDER BY number`;
  return rows.map((row, index) => {
    const settlement = settlementOf(sales[index]?.currency ?? '', row);
    return { commissionRate: row.basisPoints ?? commission, ...(settlement && { settlement }) };
  });
};

/** Of one sale, the narrowest that has not ended; no row where nobody set one. */
const commissionOn = Prisma.sql`
  SELECT basis_points FROM (
    SELECT DISTINCT ON (rate.seller_id, rate.currency) rate.seller_id, rate.currency, basis_points
    FROM commission_rates AS rate
    WHERE (rate.seller_id = sale OR rate.seller_id IS NULL) AND (rate.currency = sold_in OR rate.currency IS NULL)
      AND valid_from <= now()
    ORDER BY rate.seller_id, rate.currency, valid_from DESC, rate.id DESC
  ) AS last
  WHERE basis_points IS NOT NULL ORDER BY seller_id NULLS LAST, last.currency NULLS LAST LIMIT 1`;

const settlementOf = (currency: string, { settlesIn, rate, rateDate, toRate, toRateDate }: Row) => {
  const from = settlesIn === null ? null : euroRateOf(currency, rate, rateDate);
  const to = settlesIn === null ? null : euroRateOf(settlesIn, toRate, toRateDate);
  return from && to && crossRate(from, to);
};
