import type { Onlooker } from '../application/catalogue.ts';
import { Prisma } from './generated/client.ts';

/** Where `products p` and `sellers s` are joined: the products that the onlooker may see. */
export const visibleTo = ({ id, isAdmin }: Onlooker): Prisma.Sql =>
  isAdmin ? Prisma.sql`TRUE` : Prisma.sql`((p.status = 'ACTIVE' AND s.active) OR p.seller_id = ${id})`;

/** A moment as an Instant. */
export const asInstantText = (moment: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The columns of a ProductView. */
export const productColumns = Prisma.sql`
  p.id, p.seller_id AS "sellerId", p.category_id AS "categoryId", p.slug, p.title, p.description, p.status, p.version,
  p.tags, p.specifications, p.options, p.images,
  ${asInstantText(Prisma.sql`p.created_at`)} AS "createdAt"`;

export const productsWithSellers = Prisma.sql`products p JOIN sellers s ON s.id = p.seller_id`;
