import type { WholeOfferRefusal } from '../../domain/offer-whole.ts';
import type { NewProduct } from '../new-product.ts';
import type { RowOutcome } from '../offer-products.ts';
import type { Entry, FileRow, ReportedRow, RowProblem } from './import-ports.ts';

/** What is left of an entry to be offered: each row a variant. */
export type OfferedEntry = {
  readonly key: string | null;
  readonly rows: readonly FileRow[];
  readonly product: NewProduct;
};

/** In which row a SKU, or a product's key, came before. */
export type Seen = {
  readonly skus: ReadonlyMap<string, number>;
  readonly keys: ReadonlyMap<string, number>;
};

/** Sets aside what the file says twice, and what made no sense: the rest can be offered. */
export const sift = (
  entries: readonly Entry[],
  before: Seen,
): { readonly offered: readonly OfferedEntry[]; readonly refused: readonly ReportedRow[] } => {
  const skus = new Map(before.skus);
  const keys = new Map(before.keys);
  const offered: OfferedEntry[] = [];
  const refused: ReportedRow[] = [];

  const problemOf = ({ key, said }: Entry, { sku, row }: FileRow): RowProblem | null => {
    if (!said.ok) return said.problem;
    const scattered = key === null ? undefined : keys.get(key);
    if (scattered !== undefined) return scatteredAfter(scattered);
    const twice = skus.get(sku);
    if (twice !== undefined) return duplicateOf(twice);
    skus.set(sku, row);
    return null;
  };

  for (const entry of entries) {
    const judged = entry.rows.map((row) => ({ row, problem: problemOf(entry, row) }));
    for (const { row, problem } of judged) if (problem) refused.push(refusedRow(row, problem));
    const kept = judged.filter(({ problem }) => problem === null).map(({ row }) => row);
    const [first] = kept;
    if (!(entry.said.ok && first)) continue;
    const variants = entry.said.product.variants.filter((_, index) => judged[index]?.problem === null);
    offered.push({ key: entry.key, rows: kept, product: { ...entry.said.product, variants } });
    if (entry.key !== null) keys.set(entry.key, first.row);
  }
  return { offered, refused };
};

/** What became of a product is what became of each of its rows. */
export const reportOf = (
  { key, rows }: OfferedEntry,
  outcome: RowOutcome<WholeOfferRefusal>,
): ReportedRow[] =>
  rows.map((row) =>
    outcome.ok
      ? { ...row, key: key ?? '', outcome: outcome.did, problem: null }
      : { ...refusedRow(row, refusals[outcome.refusal]), key: key ?? '' },
  );

const refusedRow = ({ row, sku }: FileRow, problem: RowProblem): ReportedRow => ({
  row,
  sku,
  key: null,
  outcome: 'REFUSED',
  problem,
});

const duplicateOf = (row: number): RowProblem => ({
  code: 'DUPLICATE_SKU',
  field: 'sku',
  message: `The SKU occurs in row ${row} already, which counts.`,
});

const scatteredAfter = (row: number): RowProblem => ({
  code: 'SCATTERED_PRODUCT',
  field: 'product',
  message: `Rows of one product follow each other: those from row ${row} on are the product already.`,
});

const refusals: Record<WholeOfferRefusal, RowProblem> = {
  SKU_TAKEN: {
    code: 'SKU_TAKEN',
    field: 'sku',
    message: 'Another product has one of these SKUs. A SKU is unique in the whole shop.',
  },
  CATEGORY_UNKNOWN: {
    code: 'CATEGORY_UNKNOWN',
    field: 'category',
    message: 'There is no category with this slug. The query `categories` lists those that exist.',
  },
  TOO_MANY_VARIANTS: {
    code: 'TOO_MANY_VARIANTS',
    field: 'product',
    message: 'A product has at most 100 variants.',
  },
  OPTIONS_MISMATCH: {
    code: 'OPTIONS_MISMATCH',
    field: 'options',
    message:
      'Each variant has one value for each of the product’s options, and not the same as another: "Colour=Blue|Size=L".',
  },
  CURRENCIES_DIFFER: {
    code: 'CURRENCIES_DIFFER',
    field: 'currency',
    message:
      'All variants of a product have prices in one currency, those that the file does not name, too.',
  },
  ALREADY_PUBLISHED: {
    code: 'ALREADY_PUBLISHED',
    field: 'status',
    message: 'What is on sale cannot be a draft. ARCHIVED takes it off sale.',
  },
  NEW_IS_ARCHIVED: {
    code: 'NEW_IS_ARCHIVED',
    field: 'status',
    message: 'A new product is DRAFT or ACTIVE.',
  },
};
