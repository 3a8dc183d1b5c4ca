import { Prisma, type PrismaClient } from '../../generated/client.ts';
import { productsWithSellers } from '../../visible.ts';
import { bandOf } from '../facets.ts';
import { currencyKey, idKeys, type ProductDocument } from './products-index.ts';

type Row = Omit<ProductDocument, 'minor' | 'band' | 'currencyKey' | 'id0' | 'id1' | 'id2'> & {
  readonly minor: bigint;
};

/** Products as Meilisearch is to have them, as committed. */
export const readDocuments = async (
  prisma: PrismaClient,
  ids: readonly string[],
): Promise<ProductDocument[]> => {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT p.id, p.title, p.variant_terms AS variants, COALESCE(p.description, '') AS description,
      p.category_id AS "categoryId", p.seller_id AS "sellerId",
      p.status = 'ACTIVE' AND s.active AS "isVisible", p.in_stock AS "inStock",
      p.lowest_currency AS currency, p.lowest_minor AS minor
    FROM ${productsWithSellers} WHERE p.id = ANY(${Prisma.sql`${[...ids]}::text[]`})`;
  return rows.map(({ minor, ...row }) => ({
    ...row,
    ...idKeys(row.id),
    currencyKey: currencyKey(row.currency),
    minor: Number(minor),
    band: `${row.currency} ${bandOf(minor)}`,
  }));
};
