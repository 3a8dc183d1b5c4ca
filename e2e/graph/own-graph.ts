import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Graph, type GraphOptions, startGraph } from '@emporium/local-stack';
import { afterAll, beforeAll } from 'vitest';

/** A graph of its own for a scenario that breaks it; read it inside tests. */
export const ownGraph = (options: Omit<GraphOptions, 'dataFolder'> = {}): (() => Graph) => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'emporium-e2e-'));
  let graph: Graph | undefined;
  beforeAll(async () => {
    graph = await startGraph({ ...options, dataFolder });
  });
  afterAll(async () => {
    await graph?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return () => {
    if (!graph) throw new Error('The graph is not there before the tests begin.');
    return graph;
  };
};
