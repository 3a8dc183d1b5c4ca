/** Payments in one process on a real database, with a card provider that the test speaks for. */
import { createHash } from 'node:crypto';
import type { EventDefinition, PayloadOf, Received } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import type { Seal } from '@emporium/encryption';
import { newSeal } from '@emporium/encryption/testing';
import type { Verdict } from '@emporium/messaging';
import { readDatabaseTime } from '@emporium/subgraph';
import { pino } from 'pino';
import { v7 as newId } from 'uuid';
import { createApp } from './application/app.ts';
import type { CardProvider, Providers } from './application/card-provider.ts';
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
import type { ProviderCall } from './application/ports.ts';
import type { ProviderReport } from './application/provider-report.ts';
import { createSettle } from './application/provider-work.ts';
import { createReconcile, createReconcileDue } from './application/reconcile-day.ts';
import { createReleaseOverdue } from './application/release-overdue.ts';
import { createResolveCase } from './application/resolve-case.ts';
import { createSetCommissionRate } from './application/set-commission-rate.ts';
import { createSetExchangeRates } from './application/set-exchange-rates.ts';
import { createSetPayoutAccount } from './application/set-payout-account.ts';
import { createSetSettlementCurrency } from './application/set-settlement-currency.ts';
import { subscribers } from './application/subscribers.ts';
import { createTopUpWallet } from './application/top-up-wallet.ts';
import { createWithdraw, type WithdrawalFor } from './application/withdraw.ts';
import { createWriteOffClaim } from './application/write-off-claim.ts';
import { type Routing, sandboxAlone } from './domain/provider-routing.ts';
import type { Committed } from './infrastructure/committed.ts';
import type { OpenToken } from './infrastructure/create-open-token.ts';
import { createTransact, openDatabase } from './infrastructure/database.ts';
import { createFindOverdue } from './infrastructure/find-overdue.ts';
import { renewLeases } from './infrastructure/prisma-provider-calls.ts';
import { prismaReads } from './infrastructure/prisma-reads.ts';
import { createWaitForEnd } from './infrastructure/prisma-wallet-requests.ts';
import { createExclusively } from './infrastructure/reconciliation/exclusively.ts';
import { prismaReconciliations } from './infrastructure/reconciliation/prisma-reconciliations.ts';
import { recordTogether } from './infrastructure/record-together.ts';
import { waitForEnd } from './infrastructure/wait-for-end.ts';
import { createWalletFeed } from './infrastructure/wallet-feed.ts';
import { createWalletWakes } from './infrastructure/wallet-wakes.ts';
import { startWorkLoop, type WorkLoop } from './infrastructure/work-loop.ts';
import { openForTests, sealedForTests } from './test-card-token.ts';

export const autoReleaseDays = 7;

/** Several providers, and who is asked for what. */
type Routed = { readonly providers: Providers; readonly routing: Routing };

/** Everything but messaging and HTTP; `work` runs only between `startWork` and `stop`. */
export const openPayments = (
  url: string,
  provider: CardProvider,
  withdrawalFor: WithdrawalFor = 'everyone',
  seal: Seal = newSeal(),
  { providers, routing }: Routed = { providers: () => provider, routing: sandboxAlone },
  reports: readonly ProviderReport[] = [],
  openToken: OpenToken = openForTests,
) => {
  const prisma = openDatabase(url);
  let work: WorkLoop | null = null;
  /** What nobody takes while no work is started. */
  const left: ProviderCall[] = [];
  const failures: unknown[] = [];
  const failed = (error: unknown) => failures.push(error);
  const wakes = createWalletWakes(prisma, failed);
  const onCommit = ({ callsDueIn, ready, owners }: Committed) => {
    wakes.moved(owners);
    if (work) work.take(ready);
    else left.push(...ready.map(({ call }) => call));
    if (callsDueIn !== null) work?.wake(callsDueIn);
  };
  const transact = createTransact(prisma, onCommit, seal, {}, routing, openToken);
  const settle = createSettle({
    transact,
    record: recordTogether(transact, () => work?.underWay() ?? 0),
    providers,
  });
  const reads = prismaReads(prisma);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const waitForWallet = createWaitForEnd(prisma);
  const now = () => readDatabaseTime(prisma);
  const reconciling = {
    reports,
    reconciliations: prismaReconciliations(prisma, { afterHours: 3, daysBack: 30 }),
    exclusively: createExclusively(url),
  };
  const disputes = { transact, reads, hash };
  const app = createApp(reads, hash, {
    openDispute: createOpenDispute(disputes),
    withdrawDispute: createWithdrawDispute(disputes),
    decideDispute: createDecideDispute(disputes),
    addPaymentMethod: createAddPaymentMethod({
      transact,
      reads,
      hash,
      settle: settle,
      waitForEnd,
    }),
    setDefaultPaymentMethod: createSetDefaultPaymentMethod(transact, reads),
    removePaymentMethod: createRemovePaymentMethod(transact, reads),
    topUpWallet: createTopUpWallet({ transact, reads, hash, settle, waitForEnd: waitForWallet }),
    withdraw: createWithdraw({ transact, reads, hash, withdrawalFor }),
    setPayoutAccount: createSetPayoutAccount(transact),
    setCommissionRate: createSetCommissionRate(transact, now),
    setExchangeRates: createSetExchangeRates(transact, now),
    setSettlementCurrency: createSetSettlementCurrency(transact),
    reconcile: createReconcile(reconciling),
    resolveCase: createResolveCase(transact),
    writeOffClaim: createWriteOffClaim(transact, reads),
    followWallet: followWallet(createWalletFeed(prisma, wakes, failed)),
    now,
  });

  /** Handles messages that came together as messaging would: in a transaction of their own. */
  const hearAll = <Event extends EventDefinition>(
    event: Event,
    messages: readonly { readonly id: string; readonly payload: PayloadOf<Event> }[],
  ): Promise<Verdict> => {
    const subscriber = subscribers.find((each) => each.event.subject === event.subject);
    if (!subscriber) throw new Error(`nobody hears ${event.subject}`);
    const occurredAt = asInstant(new Date().toISOString());
    const received = messages.map((each): Received => ({ ...each, occurredAt, correlationId: newId() }));
    return transact((ports) => subscriber.handle(ports, received));
  };
  const hear = <Event extends EventDefinition>(
    event: Event,
    payload: PayloadOf<Event>,
    id: string = newId(),
  ): Promise<Verdict> => hearAll(event, [{ id, payload }]);

  return {
    prisma,
    wakes,
    failures,
    transact,
    app,
    settle,
    reconcileDue: createReconcileDue(reconciling),
    hear,
    hearAll,
    left,
    releaseOverdue: createReleaseOverdue(transact, createFindOverdue(prisma), autoReleaseDays),
    startWork: () => {
      work = startWorkLoop({
        claim: (limit) => transact(({ calls }) => calls.claim(limit)),
        settle,
        renew: (ids) => renewLeases(prisma, ids),
        logger: pino({ level: 'silent' }),
        concurrency: 8,
        pollMs: 100,
      });
    },
    stop: async () => {
      wakes.stop();
      await work?.stop();
      await prisma.$disconnect();
    },
  };
};

export type TestPayments = ReturnType<typeof openPayments>;

/** An order of two shipments, £7.00 and £3.00; ids are new each time. */
export const anOrder = (method: 'CARD' | 'WALLET' = 'CARD', token = 'tok') => {
  const amount = (minor: bigint) => ({ minor, currency: 'GBP' });
  const orderId = asId<'Order'>(newId());
  return {
    orderId,
    buyerId: asId<'User'>(newId()),
    total: amount(1000n),
    method,
    ...(method === 'CARD' ? { sealedToken: sealedForTests(orderId, token) } : {}),
    shipments: [700n, 300n].map((minor) => ({
      shipmentId: asId<'Shipment'>(newId()),
      sellerId: asId<'User'>(newId()),
      amount: amount(minor),
    })),
  };
};
