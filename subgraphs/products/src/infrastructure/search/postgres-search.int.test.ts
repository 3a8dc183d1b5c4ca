import { openDatabase } from '../database.ts';
import { createPostgresSearch } from './postgres-search.ts';
import { searchEngineContract } from './search-engine.contract.ts';

searchEngineContract('Postgres', async (_shop, url) => {
  const prisma = openDatabase(url);
  return {
    engine: createPostgresSearch(prisma),
    // In the same transaction as the product.
    settled: async () => undefined,
    close: () => prisma.$disconnect(),
  };
});
