import type { KeyedReads } from '@emporium/subgraph';
import type { SearchEngine } from '../../application/search-engine.ts';
import type { PrismaClient } from '../generated/client.ts';
import { correctWords } from './correct-words.ts';
import { findProducts } from './find-products.ts';
import { highlightProducts } from './highlight.ts';
import { suggestTitles } from './suggest.ts';

/** The search that needs nothing but the database: full text, and trigrams for mistyped words. */
export const createPostgresSearch = (prisma: PrismaClient, keyed: KeyedReads): SearchEngine => ({
  understand: (search) => correctWords(keyed, search),
  find: (understood, wanted, as) => findProducts(prisma, keyed, understood, wanted, as),
  highlight: (understood, productIds, as) => highlightProducts(keyed, understood, productIds, as),
  suggest: async (typed, limit, as) =>
    suggestTitles(prisma, await correctWords(keyed, { query: typed, filter: {} }), limit, as),
});
