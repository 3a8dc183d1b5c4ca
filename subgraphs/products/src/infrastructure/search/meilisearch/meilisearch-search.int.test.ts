/** The contract over the wire; against a real server where `TEST_MEILISEARCH_URL` names one, else against one that stands in for it. */
import { givenMeilisearch, testDatabase } from '@emporium/testing';
import { openShop } from '../../../test-shop.ts';
import { openDatabase } from '../../database.ts';
import { searchEngineContract } from '../search-engine.contract.ts';
import { createMeilisearchSearch } from './meilisearch-search.ts';
import { openMeilisearch } from './open-search.ts';
import { rebuildIndex } from './rebuild-index.ts';
import { createSearchChanges } from './search-changes.ts';
import { startMeilisearchStandIn } from './stand-in/meilisearch-stand-in.ts';
import { tellMeilisearch } from './tell-meilisearch.ts';

const real = givenMeilisearch();

searchEngineContract(real ? `Meilisearch at ${real.url}` : 'Meilisearch, by its stand-in', async () => {
  const { url } = await testDatabase('products');
  const standIn = real ? null : await startMeilisearchStandIn({ apiKey: 'a key' });
  const client = openMeilisearch(real ?? { url: standIn?.url ?? '', apiKey: 'a key' });
  const prisma = openDatabase(url);
  const changes = createSearchChanges(prisma);
  const tell = tellMeilisearch(prisma, client, changes);
  await rebuildIndex({ client, changes, tell });
  const shop = await openShop(url);
  return {
    shop,
    engine: createMeilisearchSearch(prisma, shop.keyed, client),
    settled: async () => {
      while ((await tell()) > 0);
    },
    close: async () => {
      await standIn?.stop();
      await prisma.$disconnect();
    },
  };
});
