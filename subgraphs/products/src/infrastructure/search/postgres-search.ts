import type { SearchEngine } from '../../application/search-engine.ts';
import type { PrismaClient } from '../generated/client.ts';
import { correctWords } from './correct-words.ts';
import { findProducts } from './find-products.ts';
import { highlightProducts } from './highlight.ts';
import { suggestTitles } from './suggest.ts';

/** The search that needs nothing but the database: full text, and trigrams for mistyped words. */
export const createPostgresSearch = (prisma: PrismaClient): SearchEngine => ({
  understand: (search) => correctWords(prisma, search),
  find: (understood, wanted, as) => findProducts(prisma, understood, wanted, as),
  highlight: (understood, productIds, as) => highlightProducts(prisma, understood, productIds, as),
  suggest: async (typed, limit, as) =>
    suggestTitles(prisma, await correctWords(prisma, { query: typed, filter: {} }), limit, as),
});
