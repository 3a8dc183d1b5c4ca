/**
 * Measures our gateway against stock @apollo/gateway, Hive Gateway, and the limit: what a program does that is written for
 * the one query that is measured. Same supergraph, same subgraphs, random ids, a token per client. Installs the peers first.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { buildProcesses } from '../stage/build-processes.ts';
import { type Child, startChild } from '../stage/child.ts';
import { makeIdentity } from '../stage/identity.ts';
import { profiling } from '../stage/our-gateway.ts';
import { createProgress } from '../stage/progress.ts';
import { machine, runBench } from '../stage/run-bench.ts';
import { composeSupergraph } from '../stage/supergraph.ts';
import { askPage, type Contestant, contestantNames, startContestant } from './contestants.ts';
import { schemas } from './graph/schemas.ts';
import { readOptions, usage } from './options.ts';
import type { Load, Measured } from './processes/clients.ts';
import type { SubgraphsTold } from './processes/subgraphs.ts';
import { mediansOf, ratiosOf, type Turn } from './report.ts';

const here = import.meta.dirname;
const warmUpSeconds = 3;
const comparedShelves = 20;
/** Few enough that clients ask for the same one at the same time. */
const popularShelves = 5;

const installPeers = (): void => {
  const cwd = path.join(here, 'peers');
  execFileSync('npm', ['ci', '--silent', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

/** Throws when a gateway answers otherwise than the first. */
const compareAnswers = async (contestants: readonly Contestant[], token: string): Promise<void> => {
  for (let shelf = 1; shelf <= comparedShelves; shelf += 1) {
    const answers = await Promise.all(contestants.map(({ port }) => askPage(port, shelf, token)));
    const different = answers.findIndex(({ body }) => !isDeepStrictEqual(body, answers[0]?.body));
    if (different >= 0)
      throw new Error(
        `${contestants[different]?.name} answers shelf ${shelf} otherwise than ${contestants[0]?.name}:\n` +
          `${JSON.stringify(answers[different]).slice(0, 600)}\n${JSON.stringify(answers[0]).slice(0, 600)}`,
      );
  }
};

type Measure = (contestant: Contestant, load: Omit<Load, 'port'>, round: number) => Promise<Turn>;

const createMeasure =
  (subgraphs: Child, clients: Child): Measure =>
  async ({ name, port, child }, load, round) => {
    const cpuOf = async () => {
      const { cpu } = await child.ask<{ cpu: NodeJS.CpuUsage }>('cpu');
      return cpu.user + cpu.system;
    };
    const fetchesOf = async () => (await subgraphs.ask<{ fetches: number }>('fetches')).fetches;
    const [cpu, fetches] = [await cpuOf(), await fetchesOf()];
    const measured = await clients.ask<Measured | { error: string }>({ ...load, port });
    if ('error' in measured) throw new Error(`${name}: ${measured.error}`);
    if (measured.failed > 0) throw new Error(`${name}: ${measured.failed} answers were errors`);
    return {
      ...measured,
      name,
      round,
      cpu: (await cpuOf()) - cpu,
      fetches: (await fetchesOf()) - fetches,
    };
  };

const measureGateways = async (args: string[], folder: string): Promise<void> => {
  const options = readOptions(args);
  const names = contestantNames.filter(
    (name) => (options.only?.includes(name) ?? true) && (name !== 'before' || options.before),
  );
  const turns = names.length * (options.rounds + 1) + 1;
  const progress = createProgress(turns + 3);

  progress.step('installing the peers');
  if (names.includes('stock') || names.includes('hive')) installPeers();
  const programs = await buildProcesses(here, ['subgraphs', 'clients', 'limit']);

  progress.step('starting subgraphs and clients');
  const identity = await makeIdentity(options.clients);
  const profileOf = (name: string) => (options.profile ? profiling(options.profile, name) : []);
  const subgraphs = startChild(programs.subgraphs, {}, profileOf('subgraphs'));
  const clients = startChild(programs.clients, {}, profileOf('clients'));
  const told = await subgraphs.next<SubgraphsTold>();
  if (!('addresses' in told)) throw new Error('the subgraphs did not say where they are');
  subgraphs.tell({ keys: JSON.stringify(identity.keys) });
  const { keys, ...urls } = told.addresses;
  const supergraphPath = path.join(folder, 'supergraph.graphql');
  writeFileSync(supergraphPath, composeSupergraph(schemas, urls));

  progress.step(`starting ${names.join(', ')}`);
  const contestants = await Promise.all(
    names.map((name) =>
      startContestant(name, {
        supergraphPath,
        subgraphs: urls,
        limit: programs.limit,
        keysUrl: keys,
        signingKey: identity.signingKey,
        before: options.before,
        profile: options.profile,
      }),
    ),
  );
  const measure = createMeasure(subgraphs, clients);
  const { tokens } = identity;
  await compareAnswers(contestants, tokens[0] ?? '');

  for (const contestant of contestants) {
    progress.step(`warming up ${contestant.name}`);
    await measure(contestant, { tokens, seconds: warmUpSeconds, shelves: null }, 0);
  }
  const measured: Turn[] = [];
  for (let round = 1; round <= options.rounds; round += 1)
    for (const contestant of contestants) {
      progress.step(`round ${round} of ${options.rounds}: ${contestant.name}`);
      measured.push(await measure(contestant, { tokens, seconds: options.seconds, shelves: null }, round));
    }

  progress.step('popular pages');
  const popular: Turn[] = [];
  for (const contestant of contestants) {
    if (!contestant.name.startsWith('ours')) continue;
    const same = tokens.map(() => tokens[0] ?? '');
    popular.push(
      await measure(contestant, { tokens: same, seconds: options.seconds, shelves: popularShelves }, 1),
    );
  }
  progress.done();

  console.log(
    `A page of ten from three subgraphs; ${options.clients} clients, each with its own token, random ids.`,
  );
  console.log(`Medians of ${options.rounds} rounds of ${options.seconds} s. ${machine()}\n`);
  console.log(mediansOf(measured));
  const ratios = ['stock', 'hive', 'limit', 'ours-sharing', 'before'].map((other) =>
    ratiosOf(measured, 'ours', other),
  );
  console.log(`\n${ratios.filter(Boolean).join('\n')}`);
  if (popular.length === 0) return;
  console.log(
    `\nOne viewer, ${popularShelves} shelves: what sharing identical fetches in flight is for.\n`,
  );
  console.log(mediansOf(popular));
};

runBench({ name: 'gateway', usage, measure: measureGateways });
