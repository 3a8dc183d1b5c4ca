import { disputeDecided, orderConfirmed, paymentReleased } from '@emporium/contracts';
import { startMessaging } from '@emporium/messaging';
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
import { createApp } from './application/app.ts';
import { eraseGuestOrders } from './application/erase-guest-orders.ts';
import { expireCarts } from './application/expire-carts.ts';
import { subscribers } from './application/subscribers.ts';
import { timeOutPurchases } from './application/time-out-purchases.ts';
import { loadConfig, purchaseTerms } from './config.ts';
import { createOrderExports } from './infrastructure/csv/order-exports.ts';
import { sendExport } from './infrastructure/csv/send-export.ts';
import { openDatabase } from './infrastructure/database.ts';
import { createFindOverdue, createPurchaseWatch } from './infrastructure/deadlines.ts';
import { sha256 } from './infrastructure/fingerprint.ts';
import { createFindLeftGuestOrders } from './infrastructure/guest-orders.ts';
import { createGuests } from './infrastructure/guests.ts';
import { createFindLeftCarts } from './infrastructure/left-carts.ts';
import { openSealToken } from './infrastructure/open-seal-token.ts';
import { createOrderFeed } from './infrastructure/order-feed.ts';
import { createOrderLists } from './infrastructure/order-lists.ts';
import { orderNews } from './infrastructure/order-news.ts';
import { createOrderReads } from './infrastructure/order-reads.ts';
import { createPurchaseMetrics } from './infrastructure/purchase-metrics.ts';
import { createReceivedFeed, createSellerWakes } from './infrastructure/received-orders.ts';
import { type Committed, createTransact, newId } from './infrastructure/transact.ts';
import { createWakes } from './infrastructure/wakes.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';

const deadlinesLookMs = 1000;
const leftCartsLookMs = 60_000;
const leftGuestsLookMs = 60_000;
/** How soon a purchase is found that nobody keeps the time of. */
const adoptionMs = 60_000;
/** How long a live order may stay behind when the broker loses the news of a change. */
const rereadMs = 5000;

startService(async () => {
  const config = loadConfig(process.env);
  const logger = createLogger('orders', config.LOG_LEVEL);
  const registry = createRegistry('orders');
  const tracer = await openServiceTracer('orders', config, logger);
  const prisma = openDatabase(config.ORDERS_DATABASE_URL, tracer);
  const keyed = openKeyedReads(config.ORDERS_DATABASE_URL, 'orders', tracer);
  const redis = connectRedis(config.REDIS_URL, logger, {
    commandTimeout: 500,
    without: 'carts and orders of guests are counted per process',
  });
  const wakes = createWakes();
  const terms = purchaseTerms(config);
  const sealToken = await openSealToken(config.CARD_TOKEN_PUBLIC_KEY);
  const committed: Committed = (moved, messages) => {
    if (messages.length > 0) messaging.wake();
    wakes.moved(moved, messages);
  };
  const transact = createTransact(prisma, terms, committed, sealToken);
  const messaging = await startMessaging({
    owner: 'orders',
    natsUrl: config.NATS_URL,
    databaseUrl: config.ORDERS_DATABASE_URL,
    transact,
    subscribers,
    logger,
    outboxPollMs: config.OUTBOX_POLL_MS,
    registry,
    tracer,
  });
  for (const event of orderNews) messaging.subscribe(event, wakes.heard);
  for (const event of [paymentReleased, disputeDecided]) messaging.subscribe(event, wakes.heard);

  const unread = (error: unknown) =>
    logger.warn({ err: error }, 'a live order could not be read; it is tried again');
  const sellerWakes = createSellerWakes(keyed, unread);
  messaging.subscribe(orderConfirmed, (message) => void sellerWakes.heard(message));

  const reads = createOrderReads(prisma, keyed);
  const lists = createOrderLists(prisma, keyed);
  const feed = createOrderFeed(keyed, wakes, unread);
  const received = createReceivedFeed(keyed, sellerWakes, unread);
  const watch = createPurchaseWatch(prisma, terms);
  const metrics = createPurchaseMetrics(prisma, registry);
  const timeOut = timeOutPurchases(transact, createFindOverdue(prisma), watch, terms);
  const deadlines = every(
    deadlinesLookMs,
    () =>
      timeOut({
        moved: metrics.count,
        failed: (error, overdue) => logger.error({ err: error, ...overdue }, 'a step could not be ended'),
      }),
    (error) => logger.warn({ err: error }, 'deadlines could not be read; they are tried again'),
  );
  const expire = expireCarts(transact, createFindLeftCarts(prisma), {
    guestDays: config.CART_GUEST_DAYS,
    accountDays: config.CART_ACCOUNT_DAYS,
  });
  const leftCarts = every(
    leftCartsLookMs,
    () => expire((error, cartId) => logger.error({ err: error, cartId }, 'a cart could not be emptied')),
    (error) => logger.warn({ err: error }, 'carts could not be looked through; it is tried again'),
  );
  const erase = eraseGuestOrders(transact, createFindLeftGuestOrders(prisma), config.GUEST_ORDER_DAYS);
  const leftGuests = every(
    leftGuestsLookMs,
    () => erase((error, orderId) => logger.error({ err: error, orderId }, 'a guest could not be erased')),
    (error) =>
      logger.warn({ err: error }, 'orders of guests could not be looked through; it is tried again'),
  );
  const adoption = every(
    adoptionMs,
    async () => {
      const adopted = await watch.adopt();
      if (adopted > 0) logger.warn({ adopted }, 'nobody kept the time of some purchases; we do now');
    },
    (error) => logger.warn({ err: error }, 'purchases could not be looked through; it is tried again'),
    { atOnce: true },
  );
  const wakeAll = () => {
    wakes.all();
    sellerWakes.all();
  };
  const reread = every(rereadMs, wakeAll, (error) => logger.error({ err: error }, 'a wake-up failed'));

  const guests = createGuests(redis, {
    carts: config.LIMIT_GUEST_CARTS_PER_HOUR,
    orders: config.LIMIT_GUEST_ORDERS_PER_HOUR,
  });
  const exportBase = config.ORDER_EXPORT_PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}/order-exports`;
  const app = createApp({
    transact,
    fingerprint: sha256,
    newId,
    sealToken,
    reads,
    lists,
    feed,
    received,
    guests,
    exports: createOrderExports(prisma),
    returnDays: config.RETURN_DAYS,
    exportUrl: (token) => `${exportBase.replace(/\/+$/, '')}/${token}`,
  });
  const operations = openOperations({
    owner: 'orders',
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
    verify: createTokenVerifier(config.INTERNAL_JWKS, 'orders'),
    createContext: (viewer) => createContext(app, viewer),
    isReady: readinessOf(prisma),
    operations,
    logger,
    registry,
    tracer,
    routes: { '/order-exports/': sendExport(prisma, lists) },
  });
  stopOnSignal(logger, [
    server.stop,
    deadlines.stop,
    leftCarts.stop,
    leftGuests.stop,
    adoption.stop,
    reread.stop,
    wakes.stop,
    operations.stop,
    messaging.stop,
    keyed.close,
    () => prisma.$disconnect(),
    () => redis.disconnect(),
    () => tracer?.stop(),
  ]);
});
