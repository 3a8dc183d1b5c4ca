import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '@emporium/local-stack';
import { type Child, startChild } from '../stage/child.ts';
import {
  type GatewaySurroundings,
  gatewayEnvironment,
  ourGateway,
  profiling,
} from '../stage/our-gateway.ts';
import { pageOf } from './graph/page.ts';
import type { SubgraphName } from './graph/schemas.ts';

const here = import.meta.dirname;
const reportCpu = pathToFileURL(path.join(here, 'processes/report-cpu.mjs')).href;

type Surroundings = GatewaySurroundings & {
  readonly subgraphs: Readonly<Record<SubgraphName, string>>;
  /** The program that is written for the one query. */
  readonly limit: string;
  /** `main.js` of an earlier build of our gateway. */
  readonly before: string | null;
  /** Where a profile of each gateway is written. */
  readonly profile: string | null;
};

/** A gateway that runs, in a process of its own. */
export type Contestant = { readonly name: string; readonly port: number; readonly child: Child };

const ours = (surroundings: Surroundings, more: Readonly<Record<string, string>>, file = ourGateway) => ({
  file,
  env: { ...gatewayEnvironment(surroundings), ...more },
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
  limit: ({ limit, subgraphs }) => ({ file: limit, env: { SUBGRAPHS: JSON.stringify(subgraphs) } }),
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
    ...(surroundings.profile ? profiling(surroundings.profile, name) : []),
  ]);
  await Promise.race([answers(port), child.ended]);
  return { name, port, child };
};

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
