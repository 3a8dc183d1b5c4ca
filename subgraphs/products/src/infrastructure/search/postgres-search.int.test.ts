import { testDatabase } from '@emporium/testing';
import { openShop } from '../../test-shop.ts';
import { openDatabase } from '../database.ts';
import { createPostgresSearch } from './postgres-search.ts';
import { searchEngineContract } from './search-engine.contract.ts';

searchEngineContract('Postgres', async () => {
  const { url } = await testDatabase('products');
  const prisma = openDatabase(url);
  return {
    shop: await openShop(url),
    engine: createPostgresSearch(prisma),
    // In the same transaction as the product.
    settled: async () => undefined,
    close: () => prisma.$disconnect(),
  };
});
