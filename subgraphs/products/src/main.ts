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
import { receiveImport } from './infrastructure/csv/receive-import.ts';
import { sendExport } from './infrastructure/csv/send-export.ts';
import { openDatabase } from './infrastructure/database.ts';
import { createImportReports } from './infrastructure/imports/import-reports.ts';
import { createPostgresSearch } from './infrastructure/search/postgres-search.ts';
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
  const filesBase = config.CATALOGUE_PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}/catalogue`;
  const app = createApp({
    transact,
    catalogue: createCatalogue(prisma),
    search: createPostgresSearch(prisma),
    importReports: createImportReports(prisma),
    fileUrl: (path) => `${filesBase.replace(/\/+$/, '')}/${path}`,
  });
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
    routes: {
      '/catalogue/imports/': receiveImport(app),
      '/catalogue/exports/': sendExport(prisma),
    },
  });
  stopOnSignal(logger, [server.stop, messaging.stop, () => prisma.$disconnect(), () => tracer?.stop()]);
});
