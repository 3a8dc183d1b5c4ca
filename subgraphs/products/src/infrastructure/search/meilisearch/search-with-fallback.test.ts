import { beforeEach, describe, expect, it } from 'vitest';
import type { Filter } from '../../../application/catalogue.ts';
import { type SearchEngine, SearchInterrupted, type Wanted } from '../../../application/search-engine.ts';
import { createSearchWithFallback } from './search-with-fallback.ts';

const nobody = { id: null, isAdmin: false };

/** An engine that says who it is, or throws. */
const engine = (name: string, state: { broken: boolean }): SearchEngine => {
  const answer = <Answer>(value: Answer) =>
    state.broken ? Promise.reject(new Error(`${name} is down`)) : Promise.resolve(value);
  return {
    understand: (search) => answer({ search, corrected: null, replacements: new Map(), unfinished: null }),
    find: () => answer({ hits: [], total: name === 'meilisearch' ? 1 : 2, facets: [] }),
    highlight: () => answer([{ productId: name, title: [], description: [] }]),
    suggest: () => answer([{ text: name, productId: name }]),
  };
};

let [clock, isReady] = [0, true];
let meilisearch = { broken: false };
let told: unknown[] = [];
let search: SearchEngine;
beforeEach(() => {
  [clock, isReady, meilisearch, told] = [0, true, { broken: false }, []];
  search = createSearchWithFallback({
    meilisearch: engine('meilisearch', meilisearch),
    postgres: engine('postgres', { broken: false }),
    isReady: async () => isReady,
    told: (error) => told.push(error === null ? 'again' : 'down'),
    restMs: 5_000,
    now: () => clock,
  });
});

const relevance = (after: readonly string[] | null): Wanted['page'] => ({
  sort: 'RELEVANCE',
  slice: { limit: 10, after },
});
const answeredBy = async (query = 'mug', page: Wanted['page'] = relevance(null), filter: Filter = {}) => {
  const understood = await search.understand({ query, filter });
  const { total } = await search.find(understood, { page, total: true, facets: false }, nobody);
  return total === 1 ? 'meilisearch' : 'postgres';
};

describe('a search with Meilisearch before Postgres', () => {
  it('is answered by Meilisearch once it has an index', async () => {
    expect(await answeredBy()).toBe('meilisearch');
    isReady = false;
    expect(await answeredBy()).toBe('postgres');
  });

  it('is answered by Postgres while Meilisearch is down, which is told once and not asked all the time', async () => {
    meilisearch.broken = true;
    expect(await answeredBy()).toBe('postgres');
    meilisearch.broken = false;
    clock = 4_999;
    expect(await answeredBy()).toBe('postgres');
    clock = 5_001;
    expect(await answeredBy()).toBe('meilisearch');
    expect(told).toEqual(['down', 'again']);
  });

  it('suggests and marks all the same', async () => {
    const understood = await search.understand({ query: 'mug', filter: {} });
    meilisearch.broken = true;
    expect((await search.suggest('mug', 8, nobody))[0]?.text).toBe('postgres');
    expect((await search.highlight(understood, ['1'], nobody))[0]?.productId).toBe('postgres');
  });

  it('goes on with whoever began the list', async () => {
    expect(await answeredBy('mug', relevance(['0.5', 'id']))).toBe('postgres');
    expect(await answeredBy('mug', relevance(['10', '@id']))).toBe('meilisearch');
    meilisearch.broken = true;
    await expect(answeredBy('mug', relevance(['10', '@id']))).rejects.toThrow(SearchInterrupted);
    const newest: Wanted['page'] = { sort: 'NEWEST', slice: { limit: 10, after: ['id'] } };
    expect(await answeredBy('mug', newest)).toBe('postgres');
  });

  it.each(['mug or cup', 'MUG OR CUP', 'or'])('leaves %s to Postgres', async (query) => {
    expect(await answeredBy(query)).toBe('postgres');
  });

  it('leaves more choices of options to Postgres than a filter should have', async () => {
    const options = (count: number) => ({
      options: [1, 2].map(() => ({ terms: Array.from({ length: count }, (_, index) => `${index}`) })),
    });
    expect(await answeredBy('mug', relevance(null), options(20))).toBe('meilisearch');
    expect(await answeredBy('mug', relevance(null), options(30))).toBe('postgres');
  });

  it.each(['"mug or cup"', 'orchid', 'for'])('leaves %s to Meilisearch', async (query) => {
    expect(await answeredBy(query)).toBe('meilisearch');
  });
});
