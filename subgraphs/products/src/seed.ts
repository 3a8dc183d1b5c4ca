/** Fills an empty shop with the demonstration catalogue, in development only: its events leave with the service's relay. */
import { openKeyedReads, startService } from '@emporium/subgraph';
import { v5 } from 'uuid';
import { createApp } from './application/app.ts';
import { seedCatalogue } from './application/seed-catalogue.ts';
import { loadConfig } from './config.ts';
import { createCatalogue } from './infrastructure/catalogue.ts';
import { createReads } from './infrastructure/catalogue-reads.ts';
import { cleanHtml } from './infrastructure/clean-html.ts';
import { openDatabase } from './infrastructure/database.ts';
import { createImportReports } from './infrastructure/imports/import-reports.ts';
import { createPostgresSearch } from './infrastructure/search/postgres-search.ts';
import { createTransact } from './infrastructure/transact.ts';
import { seedCategories, seedProducts } from './seed-data.ts';

startService(async () => {
  const { PRODUCTS_DATABASE_URL } = loadConfig(process.env);
  const prisma = openDatabase(PRODUCTS_DATABASE_URL);
  const keyed = openKeyedReads(PRODUCTS_DATABASE_URL, 'products');
  const app = createApp({
    transact: createTransact(prisma, () => undefined),
    catalogue: createCatalogue(prisma, createReads(prisma, keyed)),
    search: createPostgresSearch(prisma, keyed),
    cleanHtml,
    importReports: createImportReports(prisma),
    fileUrl: (path) => path,
  });
  await seedCatalogue(app, v5('seller@emporium.test', v5.URL), seedCategories, seedProducts);
  await keyed.close();
  await prisma.$disconnect();
});
