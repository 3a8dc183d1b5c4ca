import { testDatabase } from '@emporium/testing';
import { openShop } from '../../test-shop.ts';
import { createPostgresSearch } from './postgres-search.ts';
import { searchEngineContract } from './search-engine.contract.ts';

searchEngineContract('Postgres', async () => {
  const shop = await openShop((await testDatabase('products')).url);
  return {
    shop,
    engine: createPostgresSearch(shop.prisma, shop.keyed),
    // In the same transaction as the product.
    settled: async () => undefined,
    close: async () => undefined,
  };
});
