import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '@emporium/client';
import { subgraphNames } from '@emporium/database';
import { type Graph, type GraphOptions, startGraph } from '@emporium/local-stack';
import { openShop } from '../graph/shop.ts';
import { openDisk, sweepDisks } from './disk/small-disk.ts';
import type { Stage } from './faults/fault.ts';
import { createWires } from './proxy/wires.ts';
import type { Cast } from './run-fault.ts';
import { articleTitle, visitorName } from './visitors/pages.ts';

const buyerCount = 4;

/** One after another: a password takes a processor's time, and whoever waits too long for it is sent away. */
const signUp = async (shop: ReturnType<typeof openShop>, people: number): Promise<readonly Client[]> => {
  const clients: Client[] = [];
  while (clients.length < people) clients.push(await shop.person(visitorName));
  return clients;
};

/** Four buyers, one article, and a visitor who has bought it. */
const gather = async ({ gatewayUrl }: Graph): Promise<Cast & { close(): Promise<void> }> => {
  const shop = openShop(gatewayUrl);
  const seller = await shop.newSeller();
  const [visitor, ...buyers] = await signUp(shop, 1 + buyerCount);
  if (!visitor) throw new Error('Nobody visits.');
  const article = await shop.newArticle(seller, { stock: 100_000, title: articleTitle });
  await shop.addToCart(visitor, article.variantId, 1);
  const { id: orderId } = await shop.placeOrder(visitor);
  await shop.followOrder(visitor, orderId, ({ status }) => status === 'CONFIRMED');
  return {
    buyers,
    article,
    visitor: { client: visitor, orderId },
    close: async () => {
      await Promise.all([seller, visitor, ...buyers].map((client) => client.close()));
    },
  };
};

/** The whole graph of real processes, each connection over a proxy, and who buys there; whatever fails, nothing is left. */
export const openStage = async (): Promise<{ stage: Stage; cast: Cast; close(): Promise<void> }> => {
  sweepDisks();
  const disk = openDisk();
  const dataFolder = disk.folder;
  const crashPoints = path.join(dataFolder, 'crash-points');
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
  let graph: Graph | undefined;
  const leave = async () => {
    await graph?.stop();
    await wires.close();
    disk.remove();
  };
  try {
    graph = await startGraph({ dataFolder, extraEnv, between });
    const { close, ...cast } = await gather(graph);
    return {
      stage: { graph, wires, dataFolder, hasSmallDisk: disk.isSmall, crashPoints, extraEnv },
      cast,
      close: async () => {
        await close();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
};
