import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Child, freePort, startChild } from './child.ts';
import { pageOf } from './graph/page.ts';
import type { SubgraphName } from './graph/supergraph.ts';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const reportCpu = pathToFileURL(path.join(here, 'processes/report-cpu.mjs')).href;

type Surroundings = {
  readonly supergraphPath: string;
  readonly subgraphs: Readonly<Record<SubgraphName, string>>;
  readonly keysUrl: string;
  readonly signingKey: string;
  /** `main.js` of an earlier build of our gateway. */
  readonly before: string | null;
  /** Where a profile of each gateway is written. */
  readonly profile: string | null;
};

/** A gateway that runs, in a process of its own. */
export type Contestant = { readonly name: string; readonly port: number; readonly child: Child };

const ours = (
  { supergraphPath, keysUrl, signingKey }: Surroundings,
  more: Readonly<Record<string, string>>,
  file = path.join(root, 'gateway/dist/main.js'),
) => ({
  file,
  env: {
    // All clients are at one address, and ask as fast as they can.
    LIMIT_REQUESTS_PER_MINUTE: '10000000',
    LIMIT_OPERATIONS_PER_MINUTE: '10000000',
    SUPERGRAPH_PATH: supergraphPath,
    USERS_JWKS_URL: keysUrl,
    INTERNAL_SIGNING_KEY: signingKey,
    ...more,
  },
});

const peer = (name: string) => (surroundings: Surroundings) => ({
  file: path.join(here, 'peers', `${name}.mjs`),
  env: { SUPERGRAPH_PATH: surroundings.supergraphPath },
});

type Start = (surroundings: Surroundings) => {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
};

const starts: Readonly<Record<string, Start>> = {
  limit: ({ subgraphs }) => ({
    file: path.join(root, 'bench/dist/limit.js'),
    env: { SUBGRAPHS: JSON.stringify(subgraphs) },
  }),
  ours: (surroundings) => ours(surroundings, { DEDUPLICATE_FETCHES: 'false' }),
  'ours-sharing': (surroundings) => ours(surroundings, {}),
  before: (surroundings) =>
    ours(surroundings, { DEDUPLICATE_FETCHES: 'false' }, path.resolve(surroundings.before ?? '')),
  stock: peer('apollo-gateway'),
  hive: peer('hive-gateway'),
};

export const contestantNames: readonly string[] = Object.keys(starts);

/** Starts a gateway and waits until it answers. */
export const startContestant = async (name: string, surroundings: Surroundings): Promise<Contestant> => {
  const start = starts[name];
  if (!start) throw new Error(`There is no ${name}; there are ${contestantNames.join(', ')}.`);
  const { file, env } = start(surroundings);
  const port = await freePort();
  const child = startChild(file, { ...env, PORT: String(port) }, [
    '--import',
    reportCpu,
    ...profiling(name, surroundings.profile),
  ]);
  await Promise.race([answers(port), child.ended]);
  return { name, port, child };
};

const profiling = (name: string, folder: string | null): readonly string[] =>
  folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}.cpuprofile`] : [];

const patienceMs = 60_000;

const answers = async (port: number): Promise<void> => {
  const until = Date.now() + patienceMs;
  for (;;) {
    const status = await askPage(port, 0, '').then(
      ({ status }) => status,
      () => 0,
    );
    if (status === 200) return;
    if (Date.now() > until) throw new Error(`no gateway answers at port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/** The page of one shelf, as a gateway answers it. */
export const askPage = async (port: number, shelf: number, token: string) => {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: pageOf(shelf),
  });
  return { status: response.status, body: (await response.json()) as unknown };
};
