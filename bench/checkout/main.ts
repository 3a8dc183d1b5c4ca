/**
 * Measures purchases: the whole graph with all its servers on this machine, Postgres syncing every commit, and buyers who each
 * order once. How many are confirmed a second when the graph is never idle; how long a buyer waits at a half and a quarter of that; what an order costs; and how all
 * of it grows with the orders that are stored.
 */
import path from 'node:path';
import { type Graph, startGraph } from '@emporium/local-stack';
import { askAtRate } from '../stage/open-loop.ts';
import { createProgress } from '../stage/progress.ts';
import { machine, runBench } from '../stage/run-bench.ts';
import { type Buyer, createRegistry } from './buyers.ts';
import { hearConfirmations } from './confirmations.ts';
import { countWork } from './count-work.ts';
import { articles, loadGoods } from './goods.ts';
import { keepPace } from './keep-pace.ts';
import { type NatsSync, readOptions, usage } from './options.ts';
import { processorTimeOf } from './processor.ts';
import { type Figures, type Paced, reportOf } from './report.ts';
import { openShopFront } from './shop-front.ts';
import { buyersWithOrders, storeOrders } from './stored-orders.ts';
import { sustain, underWay } from './sustain.ts';
import { openWatcher } from './watch-order.ts';

const mostPerSecond = 200;
/** Each watched by its buyer, so that what is measured has been done before: code that runs often is compiled by then. */
const warmUpOrders = 1_000;
const countedOrders = 200;
const atATime = 32;
/** Buyers with an open socket each: as many as order in this time. */
const watchedSeconds = 30;
/** At the same rate, and not counted: opening the sockets and filling the carts is over by then. */
const leadInSeconds = 5;
/** Of what is sustained. */
const shares = [1 / 2, 1 / 4];
const askedPerSecond = 20;
const unlimited = '10000000';

const start = (folder: string, sync: NatsSync): Promise<Graph> =>
  startGraph({
    dataFolder: path.join(folder, sync),
    survives: sync === 'always' ? 'power cuts to the last message' : 'power cuts',
    extraEnv: {
      gateway: {
        LIMIT_REQUESTS_PER_MINUTE: unlimited,
        LIMIT_OPERATIONS_PER_MINUTE: unlimited,
        LIMIT_STRICT_FIELDS_PER_MINUTE: unlimited,
      },
    },
  });

/** All of them, so many at a time. */
const each = async <T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const go = async (): Promise<void> => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) await work(one);
  };
  await Promise.all(Array.from({ length: atATime }, go));
};

runBench({
  name: 'checkout',
  usage,
  measure: async (args, folder, atEnd) => {
    const { seconds, stored, syncs } = readOptions(args);
    const progress = createProgress(syncs.length * (1 + stored.length * (5 + shares.length)));
    const figures: Figures[] = [];

    const measureWith = async (sync: NatsSync): Promise<void> => {
      progress.step('starting the graph, and filling its shelves');
      const graph = await start(folder, sync);
      atEnd(graph.stop);
      const { admin } = graph.parts.database;
      await loadGoods(admin);
      const [registry, confirmations] = [
        await createRegistry(graph),
        await hearConfirmations(graph.parts.nats.admin),
      ];
      atEnd(confirmations.close);
      const front = openShopFront(graph.gatewayUrl, articles);
      atEnd(front.close);

      const withCarts = async (count: number): Promise<readonly Buyer[]> => {
        const buyers = await registry.register(count);
        await each(buyers, front.fillCart);
        return buyers;
      };
      const buy = async (buyer: Buyer): Promise<string> => {
        const orderId = await front.place(buyer);
        await confirmations.confirmed(orderId);
        return orderId;
      };
      const buyWatching = async (buyer: Buyer): Promise<string> => {
        const watcher = await openWatcher(graph.gatewayUrl, buyer);
        const orderId = await front.place(buyer);
        await watcher.sees(orderId);
        await watcher.close();
        return orderId;
      };
      let model: string | undefined;
      let from = 0;
      for (const count of stored) {
        const orders = `${count.toLocaleString('en')} orders`;
        progress.step(`${orders}: warming up, and storing them`);
        await each(await withCarts(warmUpOrders), async (buyer) => {
          model = await buyWatching(buyer);
        });
        if (model === undefined) throw new Error('nothing was ordered');
        await storeOrders(admin, model, from, count, () => undefined);
        from = count;

        progress.step(`${orders}: filling carts`);
        const buyers = await withCarts(seconds * mostPerSecond);
        progress.step(`${orders}: as many as go, for ${seconds} s`);
        const [sustained, processor] = await processorTimeOf(graph, () =>
          sustain(front, confirmations, buyers, seconds),
        );

        const paces: Paced[] = [];
        for (const share of shares) {
          const rate = Math.max(1, Math.round((sustained.confirmed / sustained.seconds) * share));
          progress.step(`${orders}: ${rate} a second, watched by their buyers`);
          const watched = await withCarts(rate * (leadInSeconds + watchedSeconds));
          const watchers = await Promise.all(watched.map((buyer) => openWatcher(graph.gatewayUrl, buyer)));
          await keepPace(front, watchers.splice(0, rate * leadInSeconds), rate, leadInSeconds);
          const [pace, paceProcessor] = await processorTimeOf(graph, () =>
            keepPace(front, watchers, rate, watchedSeconds),
          );
          paces.push({ ...pace, processor: paceProcessor });
        }

        progress.step(`${orders}: my orders`);
        const regulars = await Promise.all(buyersWithOrders(Math.min(count, 10_000)).map(registry.as));
        const askMyOrders = async (turn: number): Promise<void> => {
          const shown = await front.ordersOf(regulars[turn % regulars.length] as Buyer);
          if (shown !== 20) throw new Error(`a page of ${shown} orders`);
        };
        await askAtRate(askMyOrders, askedPerSecond, 3);
        const { took: myOrders } = await askAtRate(askMyOrders, askedPerSecond, 10);

        progress.step(`${orders}: counting what ${countedOrders} cost`);
        const work = await countWork(graph, countedOrders, async (carts) => {
          const buyers = await withCarts(carts);
          return () => each(buyers, buy);
        });
        figures.push({
          sync,
          stored: count,
          sustained: { ...sustained, processor },
          paces,
          myOrders,
          work,
        });
      }
      await front.close();
      await confirmations.close();
      await graph.stop();
    };

    for (const sync of syncs) await measureWith(sync);
    progress.done();
    console.log(
      `Through the gateway, everything on one machine, Postgres syncing every commit, ${underWay} purchases under way.`,
    );
    console.log(`${machine()}\n\n${reportOf(figures)}`);
  },
});
