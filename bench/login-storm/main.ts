/**
 * Measures what a storm of logins costs everybody else: the whole graph, many accounts that sign in at once from as many
 * addresses, and what bystanders wait for their answers meanwhile, beside what they wait at rest.
 */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGraph } from '@emporium/local-stack';
import { createProgress } from '../stage/progress.ts';
import { machine, runBench } from '../stage/run-bench.ts';
import { watchBystanders } from './bystanders.ts';
import { readOptions, usage } from './options.ts';
import { type Round, reportOf } from './report.ts';
import { type Account, openShopFront, type ShopFront } from './shop-front.ts';

const bystanders = 20;
const atATime = 2;
const restMs = 4_000;

const openAccounts = async (front: ShopFront, count: number): Promise<readonly Account[]> => {
  const accounts: Account[] = [];
  while (accounts.length < count) {
    const next = Array.from({ length: Math.min(atATime, count - accounts.length) }, (_, index) =>
      front.openAccount(accounts.length + index),
    );
    accounts.push(...(await Promise.all(next)));
  }
  return accounts;
};

const measureRound = async (front: ShopFront, accounts: readonly Account[]): Promise<Round> => {
  const watchers = accounts.slice(0, bystanders);
  const idle = await watchBystanders(front, watchers, delay(restMs));
  const begin = performance.now();
  const logins = accounts.map(front.signIn);
  const storm = Promise.all(logins).then(() => (performance.now() - begin) / 1000);
  const took = await watchBystanders(front, watchers, storm);
  return { idle, storm: took, seconds: await storm };
};

runBench({
  name: 'login-storm',
  usage,
  measure: async (args, folder, atEnd) => {
    const { accounts: count, rounds: wanted } = readOptions(args);
    const progress = createProgress(wanted + 3);
    progress.step('starting the graph');
    const graph = await startGraph({
      dataFolder: path.join(folder, 'graph'),
      extraEnv: {
        gateway: { TRUST_PROXY: '1', SUBGRAPH_TIMEOUT_MS: '60000' },
        // All are to be hashed: nobody is told to come back.
        users: { LIMIT_REGISTRATIONS_PER_MINUTE: '100000', HASHING_LONGEST_WAIT_SECONDS: '600' },
      },
    });
    atEnd(graph.stop);
    const front = openShopFront(graph.gatewayUrl);
    progress.step(`opening ${count} accounts`);
    const accounts = await openAccounts(front, count);
    progress.step('warming up');
    // A service that has just started compiles what it runs: a whole storm goes by before any is measured.
    await measureRound(front, accounts);
    const rounds: Round[] = [];
    for (let round = 1; round <= wanted; round += 1) {
      progress.step(`round ${round} of ${wanted}: at rest, then ${count} logins at once`);
      rounds.push(await measureRound(front, accounts));
    }
    progress.done();
    await front.close();
    console.log(`${count} accounts sign in at once, from as many addresses; every password is hashed.`);
    console.log(`${machine()}\n\n${reportOf(rounds, count)}`);
  },
});
