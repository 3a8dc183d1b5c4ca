import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '@emporium/local-stack';
import { startChild } from '../stage/child.ts';
import {
  type GatewaySurroundings,
  gatewayEnvironment,
  ourGateway,
  profiling,
} from '../stage/our-gateway.ts';

const reportMemory = pathToFileURL(path.join(import.meta.dirname, 'processes/report-memory.mjs')).href;
const patienceMs = 30_000;

type Options = GatewaySurroundings & {
  readonly mostSubscribers: number;
  /** Where its profile is written. */
  readonly profile: { readonly folder: string; readonly name: string } | null;
};

/** The built gateway, in a process of its own, which tells what memory it holds. */
export const startBenchGateway = async ({ mostSubscribers, profile, ...surroundings }: Options) => {
  const port = await freePort();
  const child = startChild(
    ourGateway,
    {
      ...gatewayEnvironment(surroundings),
      PORT: String(port),
      MAX_SOCKETS_PER_VIEWER: String(mostSubscribers),
      MAX_SUBSCRIPTIONS_PER_VIEWER: String(mostSubscribers),
    },
    ['--expose-gc', '--import', reportMemory, ...(profile ? profiling(profile.folder, profile.name) : [])],
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
