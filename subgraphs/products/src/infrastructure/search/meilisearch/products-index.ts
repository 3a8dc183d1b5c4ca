/** What Meilisearch holds of a product, and how its index is set up. */
import type { Settings } from 'meilisearch';
import { searchBound } from '../../../application/search-engine.ts';

/** The index that searches ask, and the one that is filled beside it. */
export const liveIndex = 'products';
export const nextIndex = 'products_next';

export type ProductDocument = {
  readonly id: string;
  readonly title: string;
  /** SKUs and titles of its variants. */
  readonly variants: string;
  readonly description: string;
  readonly categoryId: string | null;
  readonly sellerId: string;
  /** On sale: anybody may find it. */
  readonly isVisible: boolean;
  readonly inStock: boolean;
  readonly tags: readonly string[];
  /** Its variants' options as the seller wrote them, to be counted. */
  readonly optionLabels: readonly string[];
  /** What one of its variants is, and all that it is together, to be narrowed by: see `combinationsOf`. */
  readonly optionTerms: readonly string[];
  readonly currency: string;
  readonly minor: number;
  /** Its currency and band of prices, to be counted. */
  readonly band: string;
} & SortKeys;

/** The keys that lists are sorted by, as numbers: Meilisearch compares no texts that can be relied on. */
export type SortKeys = {
  readonly currencyKey: number;
  readonly id0: number;
  readonly id1: number;
  readonly id2: number;
};

/** A UUID in three numbers that sort as it does: a number holds 52 bits for certain. */
export const idKeys = (id: string): Omit<SortKeys, 'currencyKey'> => {
  const digits = id.replaceAll('-', '');
  const part = (from: number, to: number) => Number.parseInt(digits.slice(from, to), 16) || 0;
  return { id0: part(0, 12), id1: part(12, 25), id2: part(25, 32) };
};

/** Control characters are no part of a filter: terms and labels have this between name and value instead. */
const separator = '\ue01f';
export const told = (term: string): string => term.replaceAll('\u001f', separator);
export const heard = (label: string): string => label.replaceAll(separator, '\u001f');

/** What a variant is by all of these, as one text. */
export const combination = (terms: readonly string[]): string => terms.toSorted().map(told).join(separator);

/** What a variant is by one, two or all of its options: an array of a document knows no variants. */
export const combinationsOf = (terms: readonly string[]): string[] => {
  const some: string[][] = [];
  for (const term of terms) some.push(...some.map((others) => [...others, term]), [term]);
  return some.map(combination);
};

/** Three letters as a number that sorts as they do. */
export const currencyKey = (currency: string): number =>
  [...currency].reduce((key, letter) => key * 128 + letter.charCodeAt(0), 0);

/** What is found in a title comes before what only a description has; of equals the newest first. */
export const settings: Settings = {
  searchableAttributes: ['title', 'variants', 'description'],
  filterableAttributes: [
    ...['id', 'title', 'categoryId', 'sellerId', 'isVisible', 'inStock', 'currency', 'minor', 'band'],
    ...['tags', 'optionLabels', 'optionTerms'],
    ...['currencyKey', 'id0', 'id1', 'id2'],
  ],
  sortableAttributes: ['currencyKey', 'minor', 'id0', 'id1', 'id2'],
  rankingRules: [
    ...['sort', 'words', 'typo', 'attribute', 'proximity', 'exactness'],
    ...['id0:desc', 'id1:desc', 'id2:desc'],
  ],
  pagination: { maxTotalHits: searchBound },
  faceting: { maxValuesPerFacet: searchBound },
};
