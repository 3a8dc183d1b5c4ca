/** Fills a new index of Meilisearch beside the one that is searched, and swaps them, beside the running service: `npm run search:rebuild`. */
import { startService } from '@emporium/subgraph';
import { loadSearchRebuildConfig } from './config.ts';
import { openDatabase } from './infrastructure/database.ts';
import { openMeilisearch } from './infrastructure/search/meilisearch/open-search.ts';
import { rebuildIndex } from './infrastructure/search/meilisearch/rebuild-index.ts';
import { createSearchChanges } from './infrastructure/search/meilisearch/search-changes.ts';
import { tellMeilisearch } from './infrastructure/search/meilisearch/tell-meilisearch.ts';

startService(async () => {
  const {
    PRODUCTS_DATABASE_URL,
    MEILISEARCH_URL: url,
    MEILISEARCH_API_KEY: apiKey,
  } = loadSearchRebuildConfig(process.env);
  const prisma = openDatabase(PRODUCTS_DATABASE_URL);
  const client = openMeilisearch({ url, apiKey });
  const changes = createSearchChanges(prisma);
  const total = await rebuildIndex({ client, changes, tell: tellMeilisearch(prisma, client, changes) });
  await prisma.$disconnect();
  process.stdout.write(
    `The index has ${total.toLocaleString('en')} products, and is searched from now on.\n`,
  );
});
