import { type Messaging, startMessaging } from '@emporium/messaging';
import { readBucket } from '@emporium/pictures/settings';
import {
  createLogger,
  createRegistry,
  createTokenVerifier,
  every,
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
import { cleanHtml } from './infrastructure/clean-html.ts';
import { openDatabase } from './infrastructure/database.ts';
import { openImages } from './infrastructure/open-images.ts';
import { createPostgresSearch } from './infrastructure/search/postgres-search.ts';
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
  let messaging: Messaging | null = null;
  const transact = createTransact(prisma, () => messaging?.wake());
  messaging = await startMessaging({
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
  const imageBase = config.PRODUCT_IMAGE_PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}/product-images`;
  const images = await openImages(prisma, {
    folder: config.PRODUCT_IMAGE_FOLDER,
    bucket: readBucket(config),
    imageUrl: (path) => `${imageBase.replace(/\/+$/, '')}/${path}`,
  });
  const app = {
    ...createApp({
      transact,
      catalogue: createCatalogue(prisma),
      search: createPostgresSearch(prisma),
      cleanHtml,
    }),
    ...keepImages(transact, images.dependencies),
  };
  const server = await serveSubgraph({
    schema: await createSchema(),
    host: config.HOST,
    port: config.PORT,
    verify: createTokenVerifier(config.INTERNAL_JWKS as never, 'products'),
    createContext: (viewer) => createContext(app, viewer),
    isReady: readinessOf(prisma, messaging),
    logger,
    registry,
    tracer,
    routes: images.routes,
  });
  const dueFiles = every(dueFilesMs, app.removeDueFiles, (error) =>
    logger.error({ err: error }, 'files of pictures could not be removed'),
  );
  stopOnSignal(logger, [
    server.stop,
    dueFiles.stop,
    messaging.stop,
    () => prisma.$disconnect(),
    () => tracer?.stop(),
  ]);
});
