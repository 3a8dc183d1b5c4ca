import {
  type Facet,
  type FacetName,
  type FacetValue,
  mostOptionValues,
  mostTagValues,
} from '../../application/search-engine.ts';
import { folded } from '../../domain/details.ts';
import { optionOfLabel } from '../../domain/options.ts';
import { Prisma } from '../generated/client.ts';

/** Where one band of prices ends and the next begins, in minor units of any currency. */
const bounds = [1_000, 2_500, 5_000, 10_000, 25_000, 50_000] as const;

/** Which band a price is in, from 0. */
export const bandOf = (minor: bigint): number => bounds.filter((bound) => minor >= bound).length;

export type FacetRow = {
  readonly name: FacetName;
  /** Of a price: its currency. */
  readonly value: string;
  readonly label: string;
  readonly count: number;
  /** Of a price: which band, from 0. */
  readonly band: number | null;
};

/** How what is in `matching` spreads over categories, sellers, prices, what is in stock, tags and options, most first; bands of prices from low to high. */
export const facetRows = Prisma.sql`(
  SELECT COALESCE(json_agg(facet), '[]') FROM (
    SELECT 'category' AS name, c.slug AS value, c.name AS label, count(*)::int AS count, NULL::int AS band
    FROM matching JOIN categories c ON c.id = matching.category_id GROUP BY c.id
    UNION ALL
    SELECT 'seller', s.id, COALESCE(s.display_name, s.id), count(*)::int, NULL
    FROM matching JOIN sellers s ON s.id = matching.seller_id GROUP BY s.id
    UNION ALL
    SELECT 'price', lowest_currency, lowest_currency, count(*)::int, band
    FROM (SELECT lowest_currency, width_bucket(lowest_minor::numeric, ${[...bounds]}::numeric[]) AS band FROM matching) AS priced
    GROUP BY lowest_currency, band
    UNION ALL
    SELECT 'availability', in_stock::text, CASE WHEN in_stock THEN 'In stock' ELSE 'Sold out' END, count(*)::int, NULL
    FROM matching GROUP BY in_stock
    UNION ALL
    (SELECT 'tag', tag, tag, count(*)::int, NULL
    FROM (SELECT unnest(tags) AS tag FROM matching) AS tagged GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ${mostTagValues})
    UNION ALL
    (SELECT 'option', term, min(label COLLATE "C"), count(*)::int, NULL
    FROM (SELECT unnest(option_terms) AS term, unnest(option_labels) AS label FROM matching) AS options
    GROUP BY term ORDER BY count(*) DESC, term LIMIT ${mostOptionValues})
    ORDER BY band, count DESC, label, value) AS facet)`;

/** What of `products p` facets are counted by. */
export const facetColumns = Prisma.sql`
  p.category_id, p.seller_id, p.lowest_minor, p.lowest_currency, p.in_stock, p.tags, p.option_terms, p.option_labels`;

const names: readonly FacetName[] = ['category', 'seller', 'price', 'availability', 'tag'];

export const toFacets = (rows: readonly FacetRow[]): readonly Facet[] => [
  ...names.map((name) => ({
    name,
    values: rows.filter((row) => row.name === name).map(name === 'price' ? toBand : toValue),
  })),
  ...optionFacets(rows.filter(({ name }) => name === 'option')),
];

/** A facet for each option, the one with the most frequent value first. */
const optionFacets = (rows: readonly FacetRow[]): readonly Facet[] => {
  const facets = new Map<string, { name: 'option'; option: string; values: FacetValue[] }>();
  for (const { label, count } of rows) {
    const { name: option, value } = optionOfLabel(label);
    const key = folded(option);
    const facet = facets.get(key) ?? { name: 'option', option, values: [] };
    facet.values.push({ value, label: value, count });
    facets.set(key, facet);
  }
  return [...facets.values()];
};

const toValue = ({ value, label, count }: FacetRow) => ({ value, label, count });

const toBand = ({ value: currency, count, band }: FacetRow) => {
  const from = bounds[(band ?? 0) - 1] ?? 0;
  const end = bounds[band ?? 0];
  const lowest = { minor: BigInt(from), currency };
  const name = `${currency} ${from}-${end === undefined ? '' : end - 1}`;
  return {
    value: name,
    label: name,
    count,
    lowest,
    ...(end !== undefined && { highest: { minor: BigInt(end - 1), currency } }),
  };
};
