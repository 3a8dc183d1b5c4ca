import { startMessaging } from '@emporium/messaging';
import { readBucket } from '@emporium/pictures/settings';
import { connectRedis } from '@emporium/redis';
import {
  createLogger,
  createRegistry,
  createTokenVerifier,
  every,
  openKeyedReads,
  openOperations,
  openServiceTracer,
  readinessOf,
  serveSubgraph,
  startService,
  stopOnSignal,
} from '@emporium/subgraph';
import { createApp, subscribers } from './application/app.ts';
import { keepImages } from './application/keep-images.ts';
import { loadConfig } from './config.ts';
import { createCatalogue } from './infrastructure/catalogue.ts';
import { createStoredReads } from './infrastructure/catalogue-reads.ts';
import { cleanHtml } from './infrastructure/clean-html.ts';
import { receiveImport } from './infrastructure/csv/receive-import.ts';
import { sendExport } from './infrastructure/csv/send-export.ts';
import { openDatabase } from './infrastructure/database.ts';
import { openHotReads } from './infrastructure/hot/open-hot-reads.ts';
import { createImportReports } from './infrastructure/imports/import-reports.ts';
import { openImages } from './infrastructure/open-images.ts';
import { openSearch } from './infrastructure/search/meilisearch/open-search.ts';
import { createTransact } from './infrastructure/transact.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';

const dueFilesMs = 30_000;

startService(async () => {
  const config = loadConfig(process.env);
  const logger = createLogger('products', config.LOG_LEVEL);
  const registry = createRegistry('products');
  const tracer = await openServiceTracer('products', config, logger);
  const prisma = openDatabase(config.PRODUCTS_DATABASE_URL, tracer);
  const keyed = openKeyedReads(config.PRODUCTS_DATABASE_URL, 'products', tracer);
  const redis = connectRedis(config.REDIS_URL, logger, {
    commandTimeout: 150,
    without: 'products are kept per process',
  });
  const hot = openHotReads(createStoredReads(prisma, keyed), {
    redis,
    mostBytes: config.HOT_PRODUCTS_MIB * 2 ** 20,
  });
  const transact = createTransact(prisma, (outdated) => {
    messaging.wake();
    return hot.forget(outdated);
  });
  const messaging = await startMessaging({
    owner: 'products',
    natsUrl: config.NATS_URL,
    databaseUrl: config.PRODUCTS_DATABASE_URL,
    transact,
    subscribers,
    logger,
    outboxPollMs: config.OUTBOX_POLL_MS,
    registry,
    tracer,
  });
  hot.follow(messaging);
  const { MEILISEARCH_URL: url, MEILISEARCH_API_KEY: apiKey } = config;
  const { search, stop: stopTelling } = await openSearch(
    prisma,
    keyed,
    url ? { url, apiKey } : null,
    logger,
  );
  const urlsBelow = (url: string | undefined, folder: string) => {
    const base = (url ?? `http://127.0.0.1:${config.PORT}/${folder}`).replace(/\/+$/, '');
    return (path: string): string => `${base}/${path}`;
  };
  const images = await openImages(prisma, {
    folder: config.PRODUCT_IMAGE_FOLDER,
    bucket: readBucket(config),
    imageUrl: urlsBelow(config.PRODUCT_IMAGE_PUBLIC_URL, 'product-images'),
  });
  const app = {
    ...createApp({
      transact,
      catalogue: createCatalogue(prisma, hot),
      search,
      cleanHtml,
      importReports: createImportReports(prisma),
      fileUrl: urlsBelow(config.CATALOGUE_PUBLIC_URL, 'catalogue'),
    }),
    ...keepImages(transact, images.dependencies),
  };
  const operations = openOperations({
    owner: 'products',
    sql: prisma,
    transact,
    subscribers,
    messaging,
    logger,
    registry,
  });
  const server = await serveSubgraph({
    schema: await createSchema(),
    host: config.HOST,
    port: config.PORT,
    verify: createTokenVerifier(config.INTERNAL_JWKS as never, 'products'),
    createContext: (viewer) => createContext(app, viewer),
    isReady: readinessOf(prisma),
    operations,
    logger,
    registry,
    tracer,
    routes: {
      ...images.routes,
      '/catalogue/imports/': receiveImport(app),
      '/catalogue/exports/': sendExport(prisma),
    },
  });
  const dueFiles = every(dueFilesMs, app.removeDueFiles, (error) =>
    logger.error({ err: error }, 'files of pictures could not be removed'),
  );
  stopOnSignal(logger, [
    server.stop,
    dueFiles.stop,
    stopTelling,
    operations.stop,
    messaging.stop,
    keyed.close,
    () => prisma.$disconnect(),
    () => redis.disconnect(),
    () => tracer?.stop(),
  ]);
});
