/** One graph for all scenarios that leave it whole: started before the first, stopped after the last. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGraph } from '@emporium/local-stack';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    graph: { gatewayUrl: string; auditorUrl: string; urls: Record<string, string> };
  }
}

export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'emporium-e2e-'));
  process.stdout.write('starting the whole graph for the end-to-end tests …\n');
  const graph = await startGraph({ dataFolder });
  provide('graph', { gatewayUrl: graph.gatewayUrl, auditorUrl: graph.auditorUrl, urls: graph.urls });
  return async () => {
    await graph.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
};
