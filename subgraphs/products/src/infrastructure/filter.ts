import type { Filter } from '../application/catalogue.ts';
import { Prisma } from './generated/client.ts';

/** What a filter asks of `products p`, as one condition. */
export const matchesFilter = (filter: Filter): Prisma.Sql => {
  const { ids, sellerId, categorySlug, lowestPrice, highestPrice, inStock } = filter;
  const conditions = [
    ids && Prisma.sql`p.id = ANY(${[...ids]}::text[])`,
    sellerId !== undefined && Prisma.sql`p.seller_id = ${sellerId}`,
    categorySlug !== undefined && inCategory(categorySlug),
    lowestPrice &&
      Prisma.sql`p.lowest_currency = ${lowestPrice.currency} AND p.lowest_minor >= ${lowestPrice.minor}`,
    highestPrice &&
      Prisma.sql`p.lowest_currency = ${highestPrice.currency} AND p.lowest_minor <= ${highestPrice.minor}`,
    inStock !== undefined && (inStock ? Prisma.sql`p.in_stock` : Prisma.sql`NOT p.in_stock`),
  ].filter((condition) => typeof condition === 'object');
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, ' AND ');
};

/** In the category or below it. UNION, not UNION ALL: ends even if somebody made a circle by hand. */
const inCategory = (slug: string): Prisma.Sql => Prisma.sql`p.category_id IN (
  WITH RECURSIVE below AS (
    SELECT id FROM categories WHERE slug = ${slug}
    UNION SELECT c.id FROM categories c JOIN below ON c.parent_id = below.id)
  SELECT id FROM below)`;
