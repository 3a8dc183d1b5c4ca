import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort, startChild } from '../gateway/child.ts';

const here = import.meta.dirname;
const reportMemory = pathToFileURL(path.join(here, 'processes/report-memory.mjs')).href;
const patienceMs = 30_000;

type Options = {
  readonly supergraphPath: string;
  readonly keysUrl: string;
  readonly signingKey: string;
  readonly mostSubscribers: number;
  /** Where its profile is written. */
  readonly profile: { readonly folder: string; readonly name: string } | null;
};

/** The built gateway, in a process of its own, which tells what memory it holds. */
export const startBenchGateway = async (options: Options) => {
  const port = await freePort();
  const child = startChild(
    path.join(here, '../../gateway/dist/main.js'),
    {
      PORT: String(port),
      SUPERGRAPH_PATH: options.supergraphPath,
      USERS_JWKS_URL: options.keysUrl,
      INTERNAL_SIGNING_KEY: options.signingKey,
      LIMIT_REQUESTS_PER_MINUTE: '10000000',
      MAX_SOCKETS_PER_VIEWER: String(options.mostSubscribers),
      MAX_SUBSCRIPTIONS_PER_VIEWER: String(options.mostSubscribers),
    },
    ['--expose-gc', '--import', reportMemory, ...profiling(options.profile)],
  );
  await Promise.race([isReady(port), child.ended]);
  return {
    port,
    /** In bytes, as the process stands, and the most it was. */
    memory: () => child.ask<{ rss: number; mostRss: number }>('memory'),
    /** In bytes, without what nobody holds any more. */
    heap: async () => (await child.ask<{ heap: number }>('heap')).heap,
    /** The sum over a metric's labels. */
    metric: (name: string) => readMetric(port, name),
    end: async () => {
      child.tell('end');
      await child.ended.catch(() => {});
    },
  };
};

export type BenchGateway = Awaited<ReturnType<typeof startBenchGateway>>;

const profiling = (profile: Options['profile']): readonly string[] =>
  profile
    ? ['--cpu-prof', `--cpu-prof-dir=${profile.folder}`, `--cpu-prof-name=${profile.name}.cpuprofile`]
    : [];

const isReady = async (port: number): Promise<void> => {
  const until = Date.now() + patienceMs;
  for (;;) {
    const { ok } = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => ({ ok: false }));
    if (ok) return;
    if (Date.now() > until) throw new Error('the gateway does not get ready');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const readMetric = async (port: number, name: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
};
