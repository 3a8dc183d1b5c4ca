import type { KeyedReads } from '@emporium/subgraph';
import type { Meilisearch } from 'meilisearch';
import type { Listed, Onlooker } from '../../../application/catalogue.ts';
import type {
  Found,
  Highlights,
  SearchEngine,
  Suggestion,
  Understood,
  Wanted,
} from '../../../application/search-engine.ts';
import type { PrismaClient } from '../../generated/client.ts';
import { correctWords } from '../correct-words.ts';
import { fragmentsOf } from '../highlight.ts';
import { liveIndex } from './products-index.ts';
import { categoriesBelow, type Distribution, facetsOf, listedById } from './read-found.ts';
import { amongIds, conditionsOf, isAfter, orderOf, visibleTo } from './search-filter.ts';

type Page = NonNullable<Wanted['page']>;

/** No title and no description holds control characters like these. */
const [start, stop] = ['\u0001', '\u0002'];
const passageWords = 24;

/** How often a page is filled up whose products have left the shop since Meilisearch heard of them. */
const mostRounds = 5;

/** A cursor's mark of a place among the matches, not of a rank: only Meilisearch goes on from there. */
export const placeMark = '@';

/**
 * Searches in an index of Meilisearch. Which words were slips, Postgres says, as everywhere; what Meilisearch finds is
 * read from Postgres, so that nobody is shown what is not to be seen any more.
 */
export const createMeilisearchSearch = (
  prisma: PrismaClient,
  keyed: KeyedReads,
  client: Meilisearch,
): SearchEngine => {
  const index = client.index(liveIndex);
  const conditions = async ({ search }: Understood, as: Onlooker): Promise<readonly string[] | null> => {
    const { filter, query } = search;
    if (!hasWords(query)) return null;
    const below =
      filter.categorySlug === undefined ? null : await categoriesBelow(prisma, filter.categorySlug);
    const narrowed = conditionsOf(filter, below);
    return narrowed && [...visibleTo(as), ...narrowed];
  };

  const find = async (understood: Understood, wanted: Wanted, as: Onlooker): Promise<Found> => {
    const filter = await conditions(understood, as);
    if (!filter) return { hits: [], ...(await countedAs(wanted, {}, 0)) };
    const q = wordsOf(understood);
    const [hits, counts] = await Promise.all([
      wanted.page ? pageOf(wanted.page, q, filter, as) : [],
      countsOf(wanted, q, filter),
    ]);
    return { hits, ...counts };
  };

  const countedAs = async (wanted: Wanted, distribution: Distribution, total: number) => ({
    total: wanted.total ? total : 0,
    facets: wanted.facets ? await namedFacets(prisma, distribution) : [],
  });

  /** The total is exact only where pages are asked for by their numbers. */
  const countsOf = async (wanted: Wanted, q: string, filter: readonly string[]) => {
    if (!wanted.total && !wanted.facets) return { total: 0, facets: [] };
    const { totalHits, facetDistribution = {} } = await index.search(q, {
      ...{ matchingStrategy: 'all', filter: [...filter], attributesToRetrieve: ['id'] },
      ...{ page: 1, hitsPerPage: 0 },
      ...(wanted.facets && {
        facets: ['categoryId', 'sellerId', 'band', 'inStock', 'tags', 'optionLabels'],
      }),
    });
    return countedAs(wanted, facetDistribution, totalHits);
  };

  /** What comes next of what is to be seen, and the place to go on from; null where there is no more. */
  const roundOf = async (
    { sort, slice: { limit, after } }: Page,
    q: string,
    filter: readonly string[],
    as: Onlooker,
  ): Promise<{ readonly listed: readonly Listed[]; readonly next: readonly string[] | null }> => {
    const isRanked = sort === 'RELEVANCE';
    const offset = isRanked ? Number(after?.[0] ?? 0) : 0;
    const { hits } = await index.search(q, {
      ...{ matchingStrategy: 'all', limit, offset, attributesToRetrieve: ['id'] },
      filter: [...filter, ...(!isRanked && after ? [isAfter(sort, after)] : [])],
      ...(!isRanked && { sort: orderOf(sort) }),
    });
    const ids = hits.map(({ id }) => id as string);
    const known = await listedById(prisma, ids, sort, as);
    const found = ids.flatMap((id, place) => {
      const row = known.get(id);
      if (!row) return [];
      return [{ ...row, key: isRanked ? [String(offset + place + 1), `${placeMark}${id}`] : row.key }];
    });
    return {
      listed: found.filter(({ isSeen }) => isSeen),
      next: ids.length < limit ? null : (found.at(-1)?.key ?? null),
    };
  };

  /** As long as there are more, a page is full, whatever of it has left the shop. */
  const pageOf = async (
    { sort, slice }: Page,
    q: string,
    filter: readonly string[],
    as: Onlooker,
  ): Promise<Listed[]> => {
    const page: Listed[] = [];
    let after: readonly string[] | null = slice.after;
    for (let round = 0; round < mostRounds && page.length < slice.limit; round += 1) {
      const limit = slice.limit - page.length;
      const { listed, next } = await roundOf({ sort, slice: { limit, after } }, q, filter, as);
      page.push(...listed);
      if (next === null) break;
      after = next;
    }
    return page;
  };

  const highlight = async (understood: Understood, ids: readonly string[], as: Onlooker) => {
    if (!hasWords(understood.search.query)) return [];
    const { hits } = await index.search(wordsOf(understood), {
      ...{ matchingStrategy: 'all', limit: ids.length, filter: [amongIds(ids), ...visibleTo(as)] },
      ...{ attributesToRetrieve: ['id'], attributesToHighlight: ['title', 'description'] },
      ...{ attributesToCrop: ['description'], cropLength: passageWords, cropMarker: '' },
      ...{ highlightPreTag: start, highlightPostTag: stop },
    });
    return hits.map(({ id, _formatted }): Highlights => {
      const { title = '', description = '' } = (_formatted ?? {}) as Record<string, string>;
      return {
        productId: id as string,
        title: fragmentsOf(title),
        description: description.includes(start) ? fragmentsOf(description) : [],
      };
    });
  };

  const suggest = async (typed: string, limit: number, as: Onlooker): Promise<Suggestion[]> => {
    if (!hasWords(typed)) return [];
    const understood = await correctWords(keyed, { query: typed, filter: {} });
    const { hits } = await index.search(wordsOf(understood), {
      ...{ matchingStrategy: 'all', limit, filter: [...visibleTo(as)], distinct: 'title' },
      ...{ attributesToSearchOn: ['title'], attributesToRetrieve: ['id', 'title'] },
    });
    return hits.map(({ id, title }) => ({ productId: id as string, text: title as string }));
  };

  return { understand: (search) => correctWords(keyed, search), find, highlight, suggest };
};

/** Without a word Meilisearch would find everything. */
const hasWords = (query: string): boolean => /[\p{L}\p{N}]/u.test(query);

/** JSON takes no half of a character. */
const wordsOf = ({ search, corrected }: Understood): string =>
  (corrected ?? search.query).replaceAll(/\p{Surrogate}/gu, ' ');

const namedFacets = async (prisma: PrismaClient, distribution: Distribution) => {
  const named = (attribute: string) => ({
    where: { id: { in: Object.keys(distribution[attribute] ?? {}) } },
  });
  const [categories, sellers] = await Promise.all([
    prisma.category.findMany({ ...named('categoryId'), select: { id: true, slug: true, name: true } }),
    prisma.seller.findMany({ ...named('sellerId'), select: { id: true, displayName: true } }),
  ]);
  return facetsOf(categories, sellers, distribution);
};
