/** How many journals a second the books take, spread and into one account, and how long a whole ledger takes to audit. */
import { loadavg } from 'node:os';
import { newSeal } from '@emporium/encryption/testing';
import { plannedOnce, postgresAdapter, straightToDriver } from '@emporium/subgraph';
import { createTransact } from '../../subgraphs/payments/src/infrastructure/database.ts';
import { PrismaClient } from '../../subgraphs/payments/src/infrastructure/generated/client.ts';
import { auditLedger } from '../../subgraphs/payments/src/infrastructure/ledger/audit/audit-ledger.ts';
import { foldBalances } from '../../subgraphs/payments/src/infrastructure/ledger/fold-balances.ts';
import { sealJournals } from '../../subgraphs/payments/src/infrastructure/ledger/seal-journals.ts';
import { prismaLedger } from '../../subgraphs/payments/src/infrastructure/prisma-ledger.ts';
import { recordTogether } from '../../subgraphs/payments/src/infrastructure/record-together.ts';
import { openDatabase } from '../stage/open-database.ts';
import { createProgress } from '../stage/progress.ts';
import { machine, runBench } from '../stage/run-bench.ts';
import { tableOf } from '../stage/table.ts';
import { readOptions, usage } from './options.ts';
import { type Post, type Posting, postFor } from './post-journals.ts';
import { scenarios } from './scenarios.ts';
import { storeJournals } from './stored-journals.ts';

const secondsOf = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const began = performance.now();
  const result = await work();
  return [result, (performance.now() - began) / 1000];
};

const rowOf = (name: string, how: string, { perSecond, p50, p95 }: Posting): string[] => [
  name,
  how,
  Math.round(perSecond).toLocaleString('en'),
  p50.toFixed(1),
  p95.toFixed(1),
];

const sealAll = async (prisma: PrismaClient): Promise<number> => {
  let sealed = 0;
  for (;;) {
    const journals = await sealJournals(prisma);
    if (journals === 0) return sealed;
    sealed += journals;
  }
};

runBench({
  name: 'ledger',
  usage,
  measure: async (args, folder, atEnd) => {
    const { seconds, atOnce, journals } = readOptions(args);
    const progress = createProgress(3 * scenarios.length + 6);
    progress.step('starting Postgres');
    const database = await openDatabase(folder, 'payments');
    const prisma = new PrismaClient({
      adapter: straightToDriver(postgresAdapter(database.url, 'payments', atOnce, plannedOnce)),
    });
    atEnd(async () => {
      await prisma.$disconnect();
      await database.stop();
    });

    progress.step(`storing ${journals.toLocaleString('en')} journals`);
    await storeJournals(database.ownerUrl, journals);
    progress.step('sealing them');
    const [sealed, sealing] = await secondsOf(() => sealAll(prisma));
    progress.step('auditing them');
    const [audit, auditing] = await secondsOf(() =>
      auditLedger({ url: database.auditorUrl, sealedWithin: 60 }),
    );

    const ways = waysToPost(prisma);
    const rows = [['journals', 'posted', 'a second', 'p50 ms', 'p95 ms']];
    progress.step('warming up');
    for (const { next } of scenarios) {
      for (const post of Object.values(ways)) await postFor(1, atOnce, post, next);
    }
    for (const { name, next } of scenarios) {
      for (const [how, post] of Object.entries(ways)) {
        progress.step(`${name}, ${how}`);
        rows.push(rowOf(name, how, await postFor(seconds, atOnce, post, next)));
        await foldBalances(prisma);
      }
    }
    const { findings } = await auditAfter(prisma, database.auditorUrl);
    progress.done();

    console.log(`${atOnce} at once, every commit synced, load ${loadavg()[0]?.toFixed(1)} while it ran.`);
    console.log(`${machine()}\n\n${tableOf(rows)}\n`);
    console.log(
      `${audit.journals.toLocaleString('en')} journals, ${audit.sealedEntries.toLocaleString('en')} entries, ${audit.seals} seals: audited in ${auditing.toFixed(1)} s, ${audit.findings.length} findings; sealed in ${sealing.toFixed(1)} s (${Math.round(sealed / sealing).toLocaleString('en')} a second).`,
    );
    for (const { rule, what } of [...audit.findings, ...findings])
      console.log(`WRONG  ${rule}: ${what.join(', ')}`);
  },
});

/** The first is how payments keeps a provider's answers; the others tell what a journal costs by itself. */
const waysToPost = (prisma: PrismaClient): Record<string, Post> => {
  const transact = createTransact(prisma, () => {}, newSeal());
  const record = recordTogether(transact);
  return {
    'with what comes meanwhile': (journal) =>
      record(journal.idempotencyKey, async ({ ledger }) => void (await ledger.post(journal))),
    'in a transaction': (journal) => transact(({ ledger }) => ledger.post(journal)),
    alone: (journal) => prismaLedger(prisma).post(journal),
  };
};

/** Whether the books are still right after all that was posted. */
const auditAfter = async (prisma: PrismaClient, url: string) => {
  await sealAll(prisma);
  return auditLedger({ url, sealedWithin: 60 });
};
