import { startMessaging } from '@emporium/messaging';
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
import { createApp } from './application/app.ts';
import { expireHolds } from './application/hold-stock.ts';
import { subscribers } from './application/subscribers.ts';
import { loadConfig } from './config.ts';
import { createTransact, openDatabase } from './infrastructure/database.ts';
import { createFindDueHolds } from './infrastructure/holds.ts';
import { createReads } from './infrastructure/read-stock.ts';
import { createStockAlarms } from './infrastructure/stock-alarms.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';

/** How long a live stock may stay wrong when the broker loses the news of a change. */
const rereadMs = 5000;

startService(async () => {
  const config = loadConfig(process.env);
  const logger = createLogger('inventory', config.LOG_LEVEL);
  const registry = createRegistry('inventory');
  const tracer = await openServiceTracer('inventory', config, logger);
  const prisma = openDatabase(config.INVENTORY_DATABASE_URL, tracer);
  const keyed = openKeyedReads(config.INVENTORY_DATABASE_URL, 'inventory', tracer);
  const transact = createTransact(prisma, () => messaging.wake());
  const messaging = await startMessaging({
    owner: 'inventory',
    natsUrl: config.NATS_URL,
    databaseUrl: config.INVENTORY_DATABASE_URL,
    transact,
    subscribers,
    logger,
    outboxPollMs: config.OUTBOX_POLL_MS,
    registry,
    tracer,
  });
  const alarms = createStockAlarms(messaging.subscribe, rereadMs);
  const { onStockChanged } = alarms;
  const app = createApp({
    transact,
    ...createReads(prisma, keyed),
    onStockChanged,
    holdSeconds: config.HOLD_SECONDS,
  });
  const expire = expireHolds(transact, createFindDueHolds(prisma));
  const expiry = every(
    config.HOLD_POLL_MS,
    async () => {
      await expire();
    },
    (error) => logger.error({ err: error }, 'holds could not be ended; it is tried again'),
  );
  const operations = openOperations({
    owner: 'inventory',
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
    verify: createTokenVerifier(config.INTERNAL_JWKS, 'inventory'),
    createContext: (viewer) => createContext(app, viewer),
    isReady: readinessOf(prisma),
    operations,
    logger,
    registry,
    tracer,
  });
  stopOnSignal(logger, [
    server.stop,
    expiry.stop,
    alarms.stop,
    operations.stop,
    messaging.stop,
    keyed.close,
    () => prisma.$disconnect(),
    () => tracer?.stop(),
  ]);
});
