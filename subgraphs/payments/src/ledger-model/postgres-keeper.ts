import { newSeal } from '@emporium/encryption/testing';
import { postgresAdapter, straightToDriver } from '@emporium/subgraph';
import { sandboxAlone } from '../domain/provider-routing.ts';
import type { ReadyCall } from '../infrastructure/committed.ts';
import { createTransact } from '../infrastructure/database.ts';
import { PrismaClient } from '../infrastructure/generated/client.ts';
import { foldBalances } from '../infrastructure/ledger/fold-balances.ts';
import { sealJournals } from '../infrastructure/ledger/seal-journals.ts';
import { openForTests } from '../test-card-token.ts';
import { createCrashes } from './crashing-database.ts';
import { modelCommission, modelRateDays } from './model-size.ts';
import type { Keeper } from './world.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(1900, 0);

/** Payments' own rows in Postgres, on connections that crash when a story says so. */
export const createPostgresKeeper = (url: string) => {
  const crashes = createCrashes();
  const prisma = new PrismaClient({
    adapter: straightToDriver(crashes.wrap(postgresAdapter(url, 'payments', 1))),
  });
  /** The pool notices only a moment later that its one connection was killed. */
  const connected = async (): Promise<void> => {
    while (
      !(await prisma.$queryRaw`SELECT`.then(
        () => true,
        () => false,
      ))
    );
  };
  let ready: ReadyCall[] = [];
  let days = 0;
  const keeper: Keeper = {
    transact: createTransact(
      prisma,
      (committed) => ready.push(...committed.ready),
      newSeal(),
      { commission: modelCommission, rateDays: modelRateDays },
      sandboxAlone,
      openForTests,
    ),
    takeReady: () => {
      const taken = ready.map(({ call }) => call);
      ready = [];
      return taken;
    },
    crashing: async (crash, work) => {
      const outcome = await crashes.during(crash, work);
      if (outcome === 'CRASHED') await connected();
      return outcome;
    },
    timePasses: async () => {
      await prisma.$executeRaw`
        UPDATE provider_calls SET due_at = to_timestamp(0), sent_at = sent_at - interval '1 minute'`;
    },
    nextDay: () => {
      days += 1;
      return new Date(firstDay + days * dayMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
    },
    keepBooks: async () => {
      await foldBalances(prisma);
      await sealJournals(prisma);
    },
  };
  return { keeper, prisma };
};
