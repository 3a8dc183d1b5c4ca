import {
  createDecideDispute,
  createOpenDispute,
  createWithdrawDispute,
} from '../../../subgraphs/payments/src/application/dispute-shipments.ts';
import { createAddPaymentMethod } from '../../../subgraphs/payments/src/application/methods/add-payment-method.ts';
import {
  createRemovePaymentMethod,
  createSetDefaultPaymentMethod,
} from '../../../subgraphs/payments/src/application/methods/change-payment-methods.ts';
import type { Ports, ProviderCall } from '../../../subgraphs/payments/src/application/ports.ts';
import { createSettle } from '../../../subgraphs/payments/src/application/provider-work.ts';
import type { Reads } from '../../../subgraphs/payments/src/application/reads.ts';
import { createReleaseOverdue } from '../../../subgraphs/payments/src/application/release-overdue.ts';
import { subscribers } from '../../../subgraphs/payments/src/application/subscribers.ts';
import { createTopUpWallet } from '../../../subgraphs/payments/src/application/top-up-wallet.ts';
import { createWithdraw } from '../../../subgraphs/payments/src/application/withdraw.ts';
import { hashOf } from '../kernel/noise.ts';
import type { Process } from '../kernel/process.ts';
import { partly } from '../store/not-simulated.ts';
import { createCardProvider } from './payments/card-provider.ts';
import { overdueIn } from './payments/overdue.ts';
import { paymentPorts } from './payments/payment-ports.ts';
import { createPaymentTables, methodsOf, type PaymentTables } from './payments/payment-tables.ts';
import { createSubgraph, type World } from './subgraph.ts';

const autoReleaseDays = 7;
const concurrency = 4;

/** Payments: its own application over tables in memory and a provider that cannot be relied upon. */
export const createPayments = (world: World) => {
  const tables = createPaymentTables();
  const { weather, seams } = world;
  const { scheduler } = weather;
  const provider = createCardProvider(weather);
  const takers = new Map<Process, (call: ProviderCall) => void>();
  const subgraph = createSubgraph(world, {
    name: 'payments',
    subscribers,
    attempts: 5,
    ports: (within): Ports =>
      seams.payments(
        paymentPorts({
          ...within,
          tables,
          scheduler,
          seams,
          ready: (call) => takers.get(within.process)?.(call),
        }),
      ),
    boot: ({ process, transact, every }) => {
      const record = (_subject: string, work: (ports: Ports) => Promise<void>) => transact(work);
      const asked = seams.provider(provider.askedBy(process));
      const settle = createSettle({ transact, record, providers: () => asked });
      let running = 0;
      const take = (call: ProviderCall) => {
        running += 1;
        scheduler.later(process, 0.5, `takes ${call.id}`, () => {
          const done = () => {
            running -= 1;
          };
          settle(call).then(done, done);
        });
      };
      takers.set(process, take);
      every(2000, 'payments looks for calls', async () => {
        const free = concurrency - running;
        if (free <= 0) return;
        for (const call of await transact(({ calls }) => calls.claim(free))) take(call);
      });
      const releaseOverdue = createReleaseOverdue(transact, overdueIn(tables), autoReleaseDays);
      every(60_000, 'payments releases what is overdue', () => releaseOverdue(scheduler.instant()));
      const reads = readsOf(tables);
      const hash = (text: string) => hashOf(text).toString(36);
      return {
        topUpWallet: createTopUpWallet({
          ...{ transact, reads, hash, settle },
          waitForEnd: async (id) => tables.requests.committed.get(id) ?? null,
        }),
        addPaymentMethod: createAddPaymentMethod({
          ...{ transact, reads, hash, settle },
          waitForEnd: (find) => find(),
        }),
        removePaymentMethod: createRemovePaymentMethod(transact, reads),
        setDefaultPaymentMethod: createSetDefaultPaymentMethod(transact, reads),
        withdraw: createWithdraw({ transact, reads, hash, withdrawalFor: 'everyone' }),
        openDispute: createOpenDispute({ transact, reads, hash }),
        withdrawDispute: createWithdrawDispute({ transact, reads, hash }),
        decideDispute: createDecideDispute({ transact, reads, hash }),
      };
    },
  });
  return { ...subgraph, tables, provider };
};

/** What clients are shown does not matter here. */
const readsOf = (tables: PaymentTables): Reads =>
  partly<Reads>('reads of payments', {
    wallets: async () => new Map(),
    paymentMethods: async (userIds) =>
      new Map(userIds.map((userId) => [userId, methodsOf(tables, userId) as never])),
    dispute: async (id) => (tables.disputes.committed.get(id) ?? null) as never,
  });
