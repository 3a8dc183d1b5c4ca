import { type Messaging, startMessaging } from '@emporium/messaging';
import {
  createLogger,
  createRegistry,
  createTokenVerifier,
  openServiceTracer,
  readinessOf,
  serveSubgraph,
  startService,
  stopOnSignal,
} from '@emporium/subgraph';
import { createApp, subscribers } from './application/app.ts';
import { loadConfig } from './config.ts';
import { createCatalogue } from './infrastructure/catalogue.ts';
import { openDatabase } from './infrastructure/database.ts';
import { openSearch } from './infrastructure/search/meilisearch/open-search.ts';
import { createTransact } from './infrastructure/transact.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';

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
  const { MEILISEARCH_URL: url, MEILISEARCH_API_KEY: apiKey } = config;
  const { search, stop: stopTelling } = await openSearch(prisma, url ? { url, apiKey } : null, logger);
  const app = createApp({ transact, catalogue: createCatalogue(prisma), search });
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
  });
  stopOnSignal(logger, [
    server.stop,
    stopTelling,
    messaging.stop,
    () => prisma.$disconnect(),
    () => tracer?.stop(),
  ]);
});
