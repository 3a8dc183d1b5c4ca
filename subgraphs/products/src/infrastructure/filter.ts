import type { Filter, OptionFilter } from '../application/catalogue.ts';
import { Prisma } from './generated/client.ts';

/** What a filter asks of `products p`, as one condition. */
export const matchesFilter = (filter: Filter): Prisma.Sql => {
  const { ids, sellerId, categorySlug, status, lowestPrice, highestPrice, inStock, tags, options } = filter;
  const conditions = [
    ids && Prisma.sql`p.id = ANY(${[...ids]}::text[])`,
    sellerId !== undefined && Prisma.sql`p.seller_id = ${sellerId}`,
    status !== undefined && Prisma.sql`p.status = ${status}`,
    categorySlug !== undefined && inCategory(categorySlug),
    lowestPrice &&
      Prisma.sql`p.lowest_currency = ${lowestPrice.currency} AND p.lowest_minor >= ${lowestPrice.minor}`,
    highestPrice &&
      Prisma.sql`p.lowest_currency = ${highestPrice.currency} AND p.lowest_minor <= ${highestPrice.minor}`,
    inStock !== undefined && (inStock ? Prisma.sql`p.in_stock` : Prisma.sql`NOT p.in_stock`),
    tags && tags.length > 0 && Prisma.sql`p.tags @> ${[...tags]}::text[]`,
    ...(options ?? []).map((option) => Prisma.sql`p.option_terms && ${[...option.terms]}::text[]`),
    options && options.length > 1 && hasVariant(options),
  ].filter((condition) => typeof condition === 'object');
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, ' AND ');
};

/** One variant has all of it; that some variant has each, the product's own terms have said. */
const hasVariant = (options: readonly OptionFilter[]): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM variants v WHERE v.product_id = p.id AND ${Prisma.join(
    options.map(({ terms }) => Prisma.sql`v.option_terms && ${[...terms]}::text[]`),
    ' AND ',
  )})`;

const inCategory = (slug: string): Prisma.Sql => Prisma.sql`p.category_id IN (${belowCategory(slug)})`;

/** The category and all below it. UNION, not UNION ALL: ends even if somebody made a circle by hand. */
export const belowCategory = (slug: string): Prisma.Sql => Prisma.sql`
  WITH RECURSIVE below AS (
    SELECT id FROM categories WHERE slug = ${slug}
    UNION SELECT c.id FROM categories c JOIN below ON c.parent_id = below.id)
  SELECT id FROM below`;
