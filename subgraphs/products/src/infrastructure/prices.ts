import { asInstant, type Money } from '@emporium/domain';
import type { Catalogue } from '../application/catalogue.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { asInstantText, variantVisibleTo, visibleTo } from './visible.ts';

type Row = { readonly variantId: string; readonly minor: bigint; readonly currency: string };

const priceOf = ({ minor, currency }: Row): Money => ({ minor, currency });

/** What variants cost before. */
export const createPrices = (prisma: PrismaClient): Pick<Catalogue, 'pricesOf' | 'lowestPrices'> => ({
  pricesOf: async (variantIds, limit, { id, isAdmin }) => {
    const rows = await prisma.$queryRaw<(Row & { since: string })[]>`
      SELECT v.id AS "variantId", price.price_minor AS minor, price.currency,
             ${asInstantText(Prisma.sql`price.since`)} AS since
      FROM products p JOIN variants v ON v.product_id = p.id
      CROSS JOIN LATERAL (
        SELECT c.* FROM (
          SELECT *, lag(price_minor) OVER earlier AS former_minor, lag(currency) OVER earlier AS former_currency
          FROM price_changes WHERE variant_id = v.id WINDOW earlier AS (ORDER BY id)) c
        WHERE (c.price_minor, c.currency) IS DISTINCT FROM (c.former_minor, c.former_currency)
        ORDER BY c.id DESC LIMIT ${limit}) price
      WHERE v.id = ANY(${[...variantIds]}::text[]) AND (${isAdmin} OR p.seller_id = ${id})
      ORDER BY v.id, price.id DESC`;
    return rows.map((row) => ({
      variantId: row.variantId,
      price: priceOf(row),
      since: asInstant(row.since),
    }));
  },
  lowestPrices: async (variantIds, days, as) => {
    // A price counts while it was asked, until the next one came or the product went off sale.
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT v.id AS "variantId", min(c.price_minor) AS minor, v.currency
      FROM products p JOIN variants v ON v.product_id = p.id
      JOIN LATERAL (
        SELECT price_minor, currency, on_sale, lead(since) OVER (ORDER BY id) AS until
        FROM price_changes WHERE variant_id = v.id) c
        ON c.on_sale AND c.currency = v.currency AND (c.until IS NULL OR c.until > now() - ${Prisma.sql`make_interval(days => ${days}::int)`})
      WHERE v.id = ANY(${[...variantIds]}::text[]) AND ${visibleTo(as)} AND ${variantVisibleTo(as)}
      GROUP BY v.id`;
    return rows.map((row) => ({ variantId: row.variantId, price: priceOf(row) }));
  },
});
