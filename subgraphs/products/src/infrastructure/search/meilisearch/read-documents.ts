import { Prisma, type PrismaClient } from '../../generated/client.ts';
import { productsWithSellers } from '../../visible.ts';
import { bandOf } from '../facets.ts';
import { combinationsOf, currencyKey, idKeys, type ProductDocument, told } from './products-index.ts';

type Made = 'minor' | 'band' | 'currencyKey' | 'id0' | 'id1' | 'id2' | 'optionTerms';
type Row = Omit<ProductDocument, Made> & {
  readonly minor: bigint;
  /** Of each variant. */
  readonly terms: readonly (readonly string[])[];
};

/** Products as Meilisearch is to have them, as committed. */
export const readDocuments = async (
  prisma: PrismaClient,
  ids: readonly string[],
): Promise<ProductDocument[]> => {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT p.id, p.title, p.variant_terms AS variants, COALESCE(p.description_text, '') AS description,
      p.category_id AS "categoryId", p.seller_id AS "sellerId",
      p.status = 'ACTIVE' AND s.active AS "isVisible", p.in_stock AS "inStock",
      p.tags, p.option_labels AS "optionLabels",
      (SELECT COALESCE(json_agg(v.option_terms), '[]') FROM variants v WHERE v.product_id = p.id) AS terms,
      p.lowest_currency AS currency, p.lowest_minor AS minor
    FROM ${productsWithSellers} WHERE p.id = ANY(${Prisma.sql`${[...ids]}::text[]`})`;
  return rows.map(({ minor, terms, optionLabels, ...row }) => ({
    ...row,
    optionLabels: optionLabels.map(told),
    optionTerms: [...new Set(terms.flatMap(combinationsOf))],
    ...idKeys(row.id),
    currencyKey: currencyKey(row.currency),
    minor: Number(minor),
    band: `${row.currency} ${bandOf(minor)}`,
  }));
};
