/** One graph for all scenarios that leave it whole: started before the first, stopped after the last. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { subgraphNames } from '@emporium/database';
import { type Graph, startGraph } from '@emporium/local-stack';
import { testCollector } from '@emporium/testing';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    graph: Pick<Graph, 'gatewayUrl' | 'auditorUrl' | 'keys'> & {
      /** For what a scenario has to have, and nobody should wait for. */
      adminUrl: string;
      collectorUrl: string;
      mailFolder: string;
      urls: Record<string, string>;
    };
  }
}

export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'emporium-e2e-'));
  process.stdout.write('starting the whole graph for the end-to-end tests …\n');
  const collector = await testCollector();
  const tracing = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    // Only what a scenario asks for, by a traceparent of its own.
    OTEL_TRACES_SAMPLER: 'parentbased_always_off',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  };
  const extraEnv = {
    ...Object.fromEntries(subgraphNames.map((name) => [name, tracing])),
    // Passwords are hashed when nobody else wants the processor, and on a busy machine somebody does.
    users: { ...tracing, HASHING_LONGEST_WAIT_SECONDS: '25' },
    // The authorization walk asks for all that an order leads to, at once.
    gateway: { ...tracing, MAX_FIELDS: '2000', SUBGRAPH_TIMEOUT_MS: '25000' },
  };
  const graph = await startGraph({ dataFolder, extraEnv });
  const { gatewayUrl, auditorUrl, urls, keys } = graph;
  provide('graph', {
    gatewayUrl,
    auditorUrl,
    adminUrl: graph.parts.database.admin,
    collectorUrl: collector.url,
    mailFolder: path.join(dataFolder, 'mail'),
    urls,
    keys,
  });
  return async () => {
    await graph.stop();
    await collector.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
};
