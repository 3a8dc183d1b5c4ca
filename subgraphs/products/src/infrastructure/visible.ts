import type { Onlooker } from '../application/catalogue.ts';
import type { ProductStatus } from '../domain/product.ts';
import { Prisma } from './generated/client.ts';

/**
 * Of `products p` those that the onlooker may see, or those of one status. Few sellers do not sell: they are looked up once per
 * statement, whatever the planner thinks of the rest.
 */
export const visibleTo = ({ id, isAdmin }: Onlooker, status?: ProductStatus): Prisma.Sql => {
  if (isAdmin) return Prisma.sql`TRUE`;
  // The same, said so that it is looked for among the onlooker's own.
  if (status && status !== 'ACTIVE') return Prisma.sql`p.seller_id = ${id}`;
  return Prisma.sql`((p.status = 'ACTIVE' AND p.seller_id NOT IN (SELECT stopped.id FROM sellers stopped WHERE NOT stopped.active))
    OR p.seller_id = ${id})`;
};

/** Where `variants v` are joined, too: what is retired is only for those who may change it. */
export const variantVisibleTo = ({ id, isAdmin }: Onlooker): Prisma.Sql =>
  isAdmin ? Prisma.sql`TRUE` : Prisma.sql`(v.active OR p.seller_id = ${id})`;

/** A moment as an Instant. */
export const asInstantText = (moment: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The columns of a ProductView. */
export const productColumns = Prisma.sql`
  p.id, p.seller_id AS "sellerId", p.category_id AS "categoryId", p.slug, p.title, p.description, p.status, p.version,
  p.tags, p.specifications, p.options, p.images,
  ${asInstantText(Prisma.sql`p.created_at`)} AS "createdAt"`;

export const productsWithSellers = Prisma.sql`products p JOIN sellers s ON s.id = p.seller_id`;
