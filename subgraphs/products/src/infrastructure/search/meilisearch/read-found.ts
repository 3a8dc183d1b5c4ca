/** What Meilisearch only counts and numbers, as Postgres has it. */
import type { Listed, Onlooker, ProductView } from '../../../application/catalogue.ts';
import {
  type Facet,
  mostOptionValues,
  mostTagValues,
  type SearchSort,
} from '../../../application/search-engine.ts';
import { folded } from '../../../domain/details.ts';
import { belowCategory } from '../../filter.ts';
import { Prisma, type PrismaClient } from '../../generated/client.ts';
import { keyOf, toListed } from '../../list-products.ts';
import { productColumns, visibleTo } from '../../visible.ts';
import { type FacetRow, toFacets } from '../facets.ts';
import { heard } from './products-index.ts';

/** How many hits have each value of each attribute. */
export type Distribution = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The category of this slug, and those below it. */
export const categoriesBelow = async (prisma: PrismaClient, slug: string): Promise<string[]> => {
  const rows = await prisma.$queryRaw<{ id: string }[]>`${belowCategory(slug)}`;
  return rows.map(({ id }) => id);
};

/** These products with what the sort's cursors hold, and whether the onlooker may see them. */
export const listedById = async (
  prisma: PrismaClient,
  ids: readonly string[],
  sort: SearchSort,
  as: Onlooker,
): Promise<ReadonlyMap<string, Listed & { readonly isSeen: boolean }>> => {
  if (ids.length === 0) return new Map();
  const key = keyOf(sort === 'RELEVANCE' ? 'NEWEST' : sort);
  const rows = await prisma.$queryRaw<(ProductView & { key: string[]; isSeen: boolean })[]>`
    SELECT ${productColumns}, ${key}, ${visibleTo(as)} AS "isSeen" FROM products p
    WHERE p.id = ANY(${Prisma.sql`${[...ids]}::text[]`})`;
  return new Map(rows.map(({ isSeen, ...row }) => [row.id, { ...toListed(row), isSeen }]));
};

type Category = { readonly id: string; readonly slug: string; readonly name: string };
type Seller = { readonly id: string; readonly displayName: string | null };

export const facetsOf = (
  categories: readonly Category[],
  sellers: readonly Seller[],
  distribution: Distribution,
): readonly Facet[] => {
  const count = (attribute: string, value: string) => distribution[attribute]?.[value] ?? 0;
  const plain = { band: null };
  const rows: FacetRow[] = [
    ...categories.map(({ id, slug, name }) => ({
      ...{ name: 'category' as const, value: slug, label: name, count: count('categoryId', id) },
      ...plain,
    })),
    ...sellers.map(({ id, displayName }) => ({
      ...{ name: 'seller' as const, value: id, label: displayName ?? id, count: count('sellerId', id) },
      ...plain,
    })),
    ...Object.entries(distribution.band ?? {}).map(([value, counted]) => {
      const [currency = '', band = '0'] = value.split(' ');
      return {
        name: 'price' as const,
        value: currency,
        label: currency,
        count: counted,
        band: Number(band),
      };
    }),
    ...(['true', 'false'] as const)
      .map((value) => ({
        ...{ name: 'availability' as const, value, label: value === 'true' ? 'In stock' : 'Sold out' },
        ...{ count: count('inStock', value), ...plain },
      }))
      .filter((row) => row.count > 0),
    ...mostOf(distribution.tags, mostTagValues).map(([value, counted]) => ({
      ...{ name: 'tag' as const, value, label: value, count: counted },
      ...plain,
    })),
    ...mostOf(optionsIn(distribution.optionLabels), mostOptionValues).map(([label, counted]) => ({
      ...{ name: 'option' as const, value: folded(label), label, count: counted },
      ...plain,
    })),
  ];
  return toFacets(rows.toSorted(byBandThenCount));
};

/** Options that differ in capitals alone are one, called as the first of them is. */
const optionsIn = (counts: Readonly<Record<string, number>> = {}): Record<string, number> => {
  const byTerm = new Map<string, { readonly label: string; readonly count: number }>();
  for (const label of Object.keys(counts).toSorted()) {
    const term = folded(heard(label));
    const known = byTerm.get(term) ?? { label: heard(label), count: 0 };
    byTerm.set(term, { ...known, count: known.count + (counts[label] ?? 0) });
  }
  return Object.fromEntries([...byTerm.values()].map(({ label, count }) => [label, count]));
};

const mostOf = (counts: Readonly<Record<string, number>> = {}, most: number): [string, number][] =>
  Object.entries(counts)
    .toSorted(([a, many], [b, others]) => others - many || (a < b ? -1 : 1))
    .slice(0, most);

const byBandThenCount = (a: FacetRow, b: FacetRow): number =>
  (a.band ?? 0) - (b.band ?? 0) || b.count - a.count || (a.label < b.label ? -1 : 1);
