/** Looking for products by words, as somebody, who finds what the catalogue would show them. */
import type { Money } from '@emporium/domain';
import type { Filter, Listed, Onlooker, Slice, Sort } from './catalogue.ts';

/**
 * How many of what matches is looked at: the matches in titles first. A search by relevance ends there, and so does what is
 * counted; other sorts go on.
 */
export const searchBound = 1_000;

export type SearchSort = Exclude<Sort, 'TITLE'>;

/** What is looked for: words, and a filter. */
export type Search = { readonly query: string; readonly filter: Filter };

/** What of an answer is wanted: the rest is not worked out. */
export type Wanted = {
  readonly page: { readonly sort: SearchSort; readonly slice: Slice } | null;
  readonly total: boolean;
  readonly facets: boolean;
};

export type FacetName = 'category' | 'seller' | 'price' | 'availability' | 'tag' | 'option';
export type FacetValue = {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  /** Of a band of prices: its ends, both inside; the highest band has no upper one. */
  readonly lowest?: Money;
  readonly highest?: Money;
};
/** How many tags are counted, and how many options with a value, the most frequent of each. */
export const mostTagValues = 50;
export const mostOptionValues = 100;

export type Facet = {
  readonly name: FacetName;
  /** Of a facet of an option: which. */
  readonly option?: string;
  readonly values: readonly FacetValue[];
};

export type Found = {
  readonly hits: readonly Listed[];
  /** At most `searchBound`. */
  readonly total: number;
  readonly facets: readonly Facet[];
};

/** What words were understood as: the words with mistyped ones replaced. Only the engine that made it looks inside. */
export type Understood = {
  readonly search: Search;
  /** The query as it should have been typed; null where it was right, as far as is known. */
  readonly corrected: string | null;
  /** For each mistyped word what it may have meant, best first. */
  readonly replacements: ReadonlyMap<string, readonly string[]>;
  /** The last word, where nothing on sale has it as it stands: it may be the beginning of one that is. */
  readonly unfinished: string | null;
};

/** A text in parts: those that made it a hit, and those between. Put together they are the text, or a passage of it. */
export type Fragment = { readonly text: string; readonly isMatch: boolean };
export type Highlights = {
  readonly productId: string;
  readonly title: readonly Fragment[];
  /** The best passage; empty where nothing in the description matches. */
  readonly description: readonly Fragment[];
};

export type Suggestion = { readonly text: string; readonly productId: string };

/** The engine that began this list cannot be asked now, and no other can go on with it. */
export class SearchInterrupted extends Error {
  override readonly name = 'SearchInterrupted';
}

/** Port. Takes any text for words; what it finds is always what the onlooker may see. */
export type SearchEngine = {
  readonly understand: (search: Search) => Promise<Understood>;
  readonly find: (understood: Understood, wanted: Wanted, as: Onlooker) => Promise<Found>;
  /** Of these products, in no order; what is not there or may not be seen is left out. */
  readonly highlight: (
    understood: Understood,
    productIds: readonly string[],
    as: Onlooker,
  ) => Promise<readonly Highlights[]>;
  /** Titles that what is typed may become, without doubles, best first. */
  readonly suggest: (typed: string, limit: number, as: Onlooker) => Promise<readonly Suggestion[]>;
};
