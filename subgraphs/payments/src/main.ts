import { createHash } from 'node:crypto';
import { paymentCaptured, paymentRefunded, paymentReleased } from '@emporium/contracts';
import { createSeal } from '@emporium/encryption';
import { type Messaging, startMessaging } from '@emporium/messaging';
import {
  createLogger,
  createRegistry,
  createTokenVerifier,
  every,
  openOperations,
  openServiceTracer,
  readDatabaseTime,
  readinessOf,
  serveSubgraph,
  startService,
  stopOnSignal,
} from '@emporium/subgraph';
import { createApp } from './application/app.ts';
import {
  createDecideDispute,
  createOpenDispute,
  createWithdrawDispute,
} from './application/dispute-shipments.ts';
import { followWallet } from './application/follow-wallet.ts';
import { createAddPaymentMethod } from './application/methods/add-payment-method.ts';
import {
  createRemovePaymentMethod,
  createSetDefaultPaymentMethod,
} from './application/methods/change-payment-methods.ts';
import { createSettle } from './application/provider-work.ts';
import { createReconcile, createReconcileDue } from './application/reconcile-day.ts';
import { createRecoverClaims } from './application/recover-claims.ts';
import { createReleaseOverdue } from './application/release-overdue.ts';
import { createResolveCase } from './application/resolve-case.ts';
import { createSetCommissionRate } from './application/set-commission-rate.ts';
import { createSetExchangeRates } from './application/set-exchange-rates.ts';
import { createSetPayoutAccount } from './application/set-payout-account.ts';
import { createSetSettlementCurrency } from './application/set-settlement-currency.ts';
import { subscribers } from './application/subscribers.ts';
import { createTopUpWallet } from './application/top-up-wallet.ts';
import { createWithdraw } from './application/withdraw.ts';
import { createWriteOffClaim } from './application/write-off-claim.ts';
import { loadConfig } from './config.ts';
import type { Committed } from './infrastructure/committed.ts';
import { createOpenToken } from './infrastructure/create-open-token.ts';
import { createTransact, openDatabase } from './infrastructure/database.ts';
import { createFindDebtors } from './infrastructure/find-debtors.ts';
import { createFindOverdue } from './infrastructure/find-overdue.ts';
import { createBalanceChecks, keepBooks } from './infrastructure/ledger/keep-books.ts';
import { createLedgerMetrics } from './infrastructure/ledger/ledger-metrics.ts';
import { measureMoney } from './infrastructure/money-metrics.ts';
import { renewLeases } from './infrastructure/prisma-provider-calls.ts';
import { prismaReads } from './infrastructure/prisma-reads.ts';
import { createWaitForEnd } from './infrastructure/prisma-wallet-requests.ts';
import { openProviders } from './infrastructure/providers/open-providers.ts';
import { openReports } from './infrastructure/providers/open-reports.ts';
import { createExclusively } from './infrastructure/reconciliation/exclusively.ts';
import { prismaReconciliations } from './infrastructure/reconciliation/prisma-reconciliations.ts';
import { measureReconciliation } from './infrastructure/reconciliation/reconciliation-metrics.ts';
import { recordTogether } from './infrastructure/record-together.ts';
import { waitForEnd } from './infrastructure/wait-for-end.ts';
import { createWalletFeed } from './infrastructure/wallet-feed.ts';
import { createWalletWakes } from './infrastructure/wallet-wakes.ts';
import { openPayPalEvents } from './infrastructure/webhooks/open-paypal-events.ts';
import { createWebhookRoutes } from './infrastructure/webhooks/webhook-routes.ts';
import { startWorkLoop } from './infrastructure/work-loop.ts';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';

/** After these, wallets have changed. */
const walletNews = [paymentCaptured, paymentReleased, paymentRefunded];
/** How long a live wallet may stay behind when nothing tells of a change. */
const rereadMs = 5000;

startService(async () => {
  const config = loadConfig(process.env);
  const logger = createLogger('payments', config.LOG_LEVEL);
  const registry = createRegistry('payments');
  const tracer = await openServiceTracer('payments', config, logger);
  const prisma = openDatabase(config.PAYMENTS_DATABASE_URL, tracer);
  const { providers, routing, close } = openProviders(config, logger);
  const unread = (error: unknown) =>
    logger.warn({ err: error }, 'a live wallet could not be read; it is tried again');
  const wakes = createWalletWakes(prisma, unread);
  let messaging: Messaging | null = null;
  const onCommit = ({ hasMessages, callsDueIn, ready, owners }: Committed) => {
    wakes.moved(owners);
    if (hasMessages) messaging?.wake();
    work.take(ready);
    if (callsDueIn !== null) work.wake(callsDueIn);
  };
  const defaults = {
    commission: config.COMMISSION_BASIS_POINTS,
    rateDays: config.EXCHANGE_RATE_DAYS,
  };
  const seal = createSeal(config.DATA_KEYS);
  const openToken = await createOpenToken(config.CARD_TOKEN_KEYS, logger);
  const transact = createTransact(prisma, onCommit, seal, defaults, routing, openToken);
  const record = recordTogether(transact, () => work.underWay());
  const work = startWorkLoop({
    claim: (limit) => transact(({ calls }) => calls.claim(limit)),
    settle: createSettle({ transact, record, providers }),
    renew: (ids) => renewLeases(prisma, ids),
    logger,
    concurrency: config.CARD_CONCURRENCY,
    pollMs: config.OUTBOX_POLL_MS,
  });
  messaging = await startMessaging({
    owner: 'payments',
    natsUrl: config.NATS_URL,
    databaseUrl: config.PAYMENTS_DATABASE_URL,
    transact,
    subscribers,
    logger,
    outboxPollMs: config.OUTBOX_POLL_MS,
    registry,
    tracer,
  });
  for (const event of walletNews) messaging.subscribe(event, (message) => void wakes.heard(message));
  const reread = every(rereadMs, wakes.all, (error) => logger.error({ err: error }, 'a wake-up failed'));
  const releaseOverdue = createReleaseOverdue(
    transact,
    createFindOverdue(prisma),
    config.AUTO_RELEASE_DAYS,
  );
  const recoverClaims = createRecoverClaims(transact, createFindDebtors(prisma));
  const again = (error: unknown) => logger.error({ err: error }, 'a job failed; it runs again');
  const autoRelease = every(
    config.AUTO_RELEASE_POLL_MS,
    async () => {
      await releaseOverdue(await readDatabaseTime(prisma));
    },
    again,
    { atOnce: true },
  );
  const books = { prisma, logger, metrics: createLedgerMetrics(registry) };
  const recovering = every(config.LEDGER_SEAL_MS, async () => void (await recoverClaims()), again);
  const bookKeeping = every(config.LEDGER_SEAL_MS, () => keepBooks(books), again);
  const balanceChecks = every(config.LEDGER_CHECK_MS, createBalanceChecks(books), again);
  measureReconciliation(registry, prisma);
  measureMoney(registry, prisma);
  const reconciling = {
    reports: openReports(config, logger),
    reconciliations: prismaReconciliations(prisma, {
      afterHours: config.RECONCILIATION_AFTER_HOURS,
      daysBack: config.RECONCILIATION_DAYS_BACK,
    }),
    exclusively: createExclusively(config.PAYMENTS_DATABASE_URL),
  };
  const daysDue = every(config.RECONCILIATION_POLL_MS, createReconcileDue(reconciling), again, {
    atOnce: true,
  });

  const reads = prismaReads(prisma);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const now = () => readDatabaseTime(prisma);
  const disputes = { transact, reads, hash };
  const app = createApp(reads, hash, {
    openDispute: createOpenDispute(disputes),
    withdrawDispute: createWithdrawDispute(disputes),
    decideDispute: createDecideDispute(disputes),
    addPaymentMethod: createAddPaymentMethod({
      transact,
      reads,
      hash,
      settle: work.settleNow,
      waitForEnd,
    }),
    setDefaultPaymentMethod: createSetDefaultPaymentMethod(transact, reads),
    removePaymentMethod: createRemovePaymentMethod(transact, reads),
    topUpWallet: createTopUpWallet({
      transact,
      reads,
      hash,
      settle: work.settleNow,
      waitForEnd: createWaitForEnd(prisma),
    }),
    withdraw: createWithdraw({ transact, reads, hash, withdrawalFor: config.WITHDRAWAL_FOR }),
    setPayoutAccount: createSetPayoutAccount(transact),
    setCommissionRate: createSetCommissionRate(transact, now),
    setExchangeRates: createSetExchangeRates(transact, now),
    setSettlementCurrency: createSetSettlementCurrency(transact),
    reconcile: createReconcile(reconciling),
    resolveCase: createResolveCase(transact),
    writeOffClaim: createWriteOffClaim(transact, reads),
    followWallet: followWallet(createWalletFeed(prisma, wakes, unread)),
    now,
  });
  const operations = openOperations({
    owner: 'payments',
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
    verify: createTokenVerifier(config.INTERNAL_JWKS, 'payments'),
    createContext: (viewer) => createContext(app, viewer),
    isReady: readinessOf(prisma),
    operations,
    logger,
    registry,
    tracer,
    routes: createWebhookRoutes({
      ...{ transact, prisma, now, registry },
      stripeSecret: config.STRIPE_WEBHOOK_SECRET,
      readPayPal: openPayPalEvents(config, logger),
    }),
  });
  stopOnSignal(logger, [
    server.stop,
    reread.stop,
    wakes.stop,
    autoRelease.stop,
    recovering.stop,
    bookKeeping.stop,
    balanceChecks.stop,
    daysDue.stop,
    operations.stop,
    messaging.stop,
    work.stop,
    close,
    () => prisma.$disconnect(),
    () => tracer?.stop(),
  ]);
});
