import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { subgraphNames } from '@emporium/database';
import { type GraphOptions, startGraph } from '@emporium/local-stack';
import { openShop } from '../graph/shop.ts';
import type { Stage } from './faults/fault.ts';
import { mountSmallDisk } from './faults/full-disk.ts';
import { createWires } from './proxy/wires.ts';
import type { Cast } from './run-fault.ts';

const buyerCount = 4;

/** The whole graph of real processes, each connection over a proxy, with four buyers and one article. */
export const openStage = async (): Promise<{ stage: Stage; cast: Cast; close(): Promise<void> }> => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'emporium-faults-'));
  const crashPoints = path.join(dataFolder, 'crash-points');
  const unmount = mountSmallDisk(dataFolder);
  mkdirSync(crashPoints);
  const wires = createWires();
  const extraEnv: Stage['extraEnv'] = Object.fromEntries([
    ...subgraphNames.map((name) => [name, { CRASH_POINTS: crashPoints }]),
    ['gateway', {}],
  ]);
  const between: GraphOptions['between'] = async (parts, urls) => {
    const asking = Object.entries(await wires.betweenServices(urls));
    for (const [name, env] of asking) Object.assign(extraEnv[name] ?? {}, env);
    return wires.betweenServers(parts);
  };
  const graph = await startGraph({ dataFolder, extraEnv, between });
  const shop = openShop(graph.gatewayUrl);
  const seller = await shop.newSeller();
  const article = await shop.newArticle(seller, { stock: 100_000 });
  const buyers = await Promise.all(Array.from({ length: buyerCount }, () => shop.person('Ada')));
  return {
    stage: { graph, wires, dataFolder, hasSmallDisk: unmount !== undefined, crashPoints, extraEnv },
    cast: { buyers, article },
    close: async () => {
      await Promise.all([seller, ...buyers].map((client) => client.close()));
      await graph.stop();
      await wires.close();
      unmount?.();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
};
