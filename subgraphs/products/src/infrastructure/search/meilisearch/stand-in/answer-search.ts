/** A search as the route `/indexes/{uid}/search` takes and answers it. */
import { type Document, parseFilter } from './filter-language.ts';
import { matchesIn, type Query, type Ranked, rank, readQuery } from './match-documents.ts';
import type { TypoRules } from './slips.ts';

export type IndexSettings = {
  readonly searchableAttributes: readonly string[];
  readonly filterableAttributes: readonly string[];
  readonly sortableAttributes: readonly string[];
  readonly rankingRules: readonly string[];
  readonly typoTolerance: { readonly minWordSizeForTypos: TypoRules };
  readonly pagination: { readonly maxTotalHits: number };
  readonly faceting: { readonly maxValuesPerFacet: number };
};

export type SearchRequest = {
  readonly q?: string | null;
  readonly filter?: string | readonly (string | readonly string[])[];
  readonly sort?: readonly string[];
  readonly offset?: number;
  readonly limit?: number;
  readonly page?: number;
  readonly hitsPerPage?: number;
  readonly facets?: readonly string[];
  readonly distinct?: string;
  readonly attributesToSearchOn?: readonly string[];
  readonly attributesToRetrieve?: readonly string[];
  readonly attributesToHighlight?: readonly string[];
  readonly attributesToCrop?: readonly string[];
  readonly cropLength?: number;
  readonly cropMarker?: string;
  readonly highlightPreTag?: string;
  readonly highlightPostTag?: string;
};

/** A request that the server refuses, with the code that it gives. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const answerSearch = (
  documents: readonly Document[],
  settings: IndexSettings,
  request: SearchRequest,
) => {
  const { q = '', distinct, facets } = request;
  const query = readQuery(q ?? '');
  const isWanted = filterOf(request.filter, new Set(settings.filterableAttributes));
  const attributes = request.attributesToSearchOn ?? settings.searchableAttributes;
  const rules = settings.typoTolerance.minWordSizeForTypos;
  const ranked = documents
    .filter(isWanted)
    .flatMap((document) => rank(query, document, attributes, rules) ?? [])
    .toSorted(orderOf(request.sort ?? [], settings));
  const kept = distinct === undefined ? ranked : distinctBy(ranked, distinct);
  const all = kept.slice(0, settings.pagination.maxTotalHits);
  return {
    ...pageOf(all, request, (document) => show(document, query, rules, request)),
    query: q,
    processingTimeMs: 0,
    ...(facets && {
      facetDistribution: Object.fromEntries(facets.map((facet) => [facet, count(kept, facet, settings)])),
      facetStats: {},
    }),
  };
};

const filterOf = (filter: SearchRequest['filter'], filterable: ReadonlySet<string>) => {
  const parts = typeof filter === 'string' ? [filter] : (filter ?? []);
  const tests = parts.map((part) =>
    (typeof part === 'string' ? [part] : part).map((text) => parseFilter(text, filterable)),
  );
  return (document: Document) => tests.every((any) => any.some((test) => test(document)));
};

const orderOf = (sort: readonly string[], { sortableAttributes, rankingRules }: IndexSettings) => {
  for (const by of sort)
    if (!sortableAttributes.includes(by.split(':')[0] ?? ''))
      throw new BadRequest('invalid_search_sort', `Attribute \`${by}\` is not sortable.`);
  const by =
    (rule: string) =>
    (a: Ranked, b: Ranked): number => {
      const [attribute = '', direction] = rule.split(':');
      const [left, right] = [a.document[attribute], b.document[attribute]] as [number, number];
      const order = left < right ? -1 : Number(left > right);
      return direction === 'desc' ? -order : order;
    };
  const builtIn: Record<string, (a: Ranked, b: Ranked) => number> = {
    sort: (a, b) => sort.reduce((order, rule) => order || by(rule)(a, b), 0),
    typo: (a, b) => a.typos - b.typos,
    attribute: (a, b) => a.attribute - b.attribute,
    exactness: (a, b) => b.exact - a.exact,
  };
  const rules = rankingRules.map((rule) => builtIn[rule] ?? (rule.includes(':') ? by(rule) : () => 0));
  return (a: Ranked, b: Ranked) => rules.reduce((order, rule) => order || rule(a, b), 0);
};

const distinctBy = (ranked: readonly Ranked[], attribute: string): Ranked[] =>
  [
    ...new Map(
      ranked.toReversed().map((each) => [String(each.document[attribute]).toLowerCase(), each]),
    ).values(),
  ].toReversed();

const count = (
  ranked: readonly Ranked[],
  facet: string,
  { filterableAttributes, faceting }: IndexSettings,
) => {
  if (!filterableAttributes.includes(facet))
    throw new BadRequest('invalid_search_facets', `Attribute \`${facet}\` is not filterable.`);
  const counts = new Map<string, number>();
  for (const { document } of ranked) {
    for (const value of [document[facet]].flat())
      if (value !== null && value !== undefined)
        counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return Object.fromEntries(
    [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, faceting.maxValuesPerFacet),
  );
};

const pageOf = (
  all: readonly Ranked[],
  request: SearchRequest,
  showOne: (document: Document) => Document,
) => {
  const hitsAt = (from: number, many: number) =>
    all.slice(from, from + many).map(({ document }) => showOne(document));
  const { page, hitsPerPage, offset = 0, limit = 20 } = request;
  if (page === undefined && hitsPerPage === undefined)
    return { hits: hitsAt(offset, limit), offset, limit, estimatedTotalHits: all.length };
  const [at, many] = [page ?? 1, hitsPerPage ?? 20];
  return {
    hits: hitsAt((at - 1) * many, many),
    ...{ page: at, hitsPerPage: many, totalHits: all.length },
    totalPages: many === 0 ? 0 : Math.ceil(all.length / many),
  };
};

const show = (document: Document, query: Query, rules: TypoRules, request: SearchRequest): Document => {
  const retrieved = request.attributesToRetrieve ?? ['*'];
  const pick = (names: readonly string[]) =>
    names.includes('*')
      ? document
      : Object.fromEntries(Object.entries(document).filter(([name]) => names.includes(name)));
  const { attributesToHighlight: highlighted = [], attributesToCrop: cropped = [] } = request;
  if (highlighted.length + cropped.length === 0) return pick(retrieved);
  const formatted = Object.entries(pick([...retrieved, ...highlighted, ...cropped])).map(
    ([name, value]) => [
      name,
      format(String(value), query, rules, request, cropped.includes(name), highlighted.includes(name)),
    ],
  );
  return { ...pick(retrieved), _formatted: Object.fromEntries(formatted) };
};

/** Marks what matches, within so many words around the first match where it is to be cropped. */
const format = (
  text: string,
  query: Query,
  rules: TypoRules,
  {
    cropLength = 10,
    cropMarker = '…',
    highlightPreTag = '<em>',
    highlightPostTag = '</em>',
  }: SearchRequest,
  isCropped: boolean,
  isMarked: boolean,
): string => {
  const matches = matchesIn(query, text, rules).toSorted((a, b) => a.word.start - b.word.start);
  const [from, to] = isCropped
    ? windowAround(text, matches[0]?.word.start ?? 0, cropLength)
    : [0, text.length];
  let shown = from > 0 ? cropMarker : '';
  let at = from;
  for (const { word, marked } of isMarked ? matches : []) {
    if (word.start < at || word.start + marked > to) continue;
    shown += `${text.slice(at, word.start)}${highlightPreTag}${text.slice(word.start, word.start + marked)}${highlightPostTag}`;
    at = word.start + marked;
  }
  return `${shown}${text.slice(at, to)}${to < text.length ? cropMarker : ''}`;
};

const windowAround = (text: string, place: number, length: number): [number, number] => {
  const spans = [...text.matchAll(/\S+/g)].map(
    ({ 0: word, index }) => [index, index + word.length] as const,
  );
  if (spans.length <= length) return [0, text.length];
  const middle = spans.findIndex(([, end]) => end > place);
  const first = Math.max(0, Math.min(middle - Math.floor(length / 2), spans.length - length));
  return [spans[first]?.[0] ?? 0, spans[first + length - 1]?.[1] ?? text.length];
};
