/**
 * Measures what visitors notice of outages: mixed traffic with the baskets of a real wholesaler, while parts of the shop are
 * killed at random and come back. Then asks whether an order was lost or charged twice, and everything else that must hold.
 */
import path from 'node:path';
import { connect } from '@emporium/client';
import { withClient } from '@emporium/database';
import { type Graph, startGraph } from '@emporium/local-stack';
import { askUntilSound } from '../../e2e/faults/oracle/ask-until-sound.ts';
import { openShop } from '../../e2e/graph/shop.ts';
import { createRegistry } from '../checkout/buyers.ts';
import { askAtRate } from '../stage/open-loop.ts';
import { createProgress } from '../stage/progress.ts';
import { machine, runBench } from '../stage/run-bench.ts';
import { createAnswers } from './answers.ts';
import { createBrowsing } from './browse.ts';
import { readMemory } from './memory.ts';
import { readOptions, usage } from './options.ts';
import { killParts } from './outages.ts';
import { reportOf } from './report.ts';
import { createShopping } from './shopping.ts';
import { stockShelves } from './stock-shelves.ts';

/** Of twenty turns: one buys, three fill carts, the others browse. */
const turnsOf = 20;
const buys = [19];
const fills = [4, 10, 16];
const warmUpSeconds = 15;
const settledWithinMs = 60_000;

/** Each buyer orders once. */
const buyersWithTwoOrders = (graph: Graph): Promise<number> =>
  withClient(graph.parts.database.admin, async (client) => {
    const { rows } = await client.query(
      'SELECT buyer_id FROM orders.orders GROUP BY buyer_id HAVING count(*) > 1',
    );
    return rows.length;
  });

runBench({
  name: 'outages',
  usage,
  measure: async (args, folder, atEnd) => {
    const { file, minutes, rate, every, seed } = readOptions(args);
    const seconds = minutes * 60;
    const progress = createProgress(6 + Math.floor(seconds / every));
    progress.step('starting the graph');
    const graph = await startGraph({
      dataFolder: path.join(folder, 'graph'),
      survives: 'power cuts',
    });
    atEnd(graph.stop);
    const shop = openShop(graph.gatewayUrl);
    progress.step(`putting on sale what ${path.basename(file)} sold`);
    const seller = await shop.newSeller();
    const turns = rate * (seconds + warmUpSeconds);
    const { titles, baskets } = await stockShelves(seller, file, Math.ceil(turns / turnsOf));
    const registry = await createRegistry(graph);
    const buyers = (await registry.register(baskets.length)).map(({ token }) =>
      connect(shop.url).withToken(token),
    );

    const answers = createAnswers();
    const leaving = new AbortController();
    const browse = createBrowsing(shop.anonymous, answers, titles);
    const shopping = createShopping(buyers, baskets, answers, leaving.signal);
    let [browsed, filled, bought] = [0, 0, 0];
    const visit = async (turn: number): Promise<void> => {
      const kind = turn % turnsOf;
      if (buys.includes(kind)) await shopping.buy(bought++);
      else if (fills.includes(kind)) await shopping.fillCart(filled++);
      else await browse(browsed++);
    };

    progress.step(`warming up for ${warmUpSeconds} s`);
    await askAtRate(visit, rate, warmUpSeconds);
    const warmUps = answers.all.length;
    const before = readMemory(graph);

    const over = new AbortController();
    const killing = killParts(graph, { seed, everyMs: every * 1000, over: over.signal }, (part) =>
      progress.step(`kills ${part}`),
    );
    progress.step(`${rate} questions a second for ${minutes} min, a kill every ${every} s`);
    const late = setTimeout(() => leaving.abort(), seconds * 1000 + settledWithinMs);
    const coming = askAtRate(visit, rate, seconds).finally(() => over.abort());
    const outages = await killing;
    await coming;
    clearTimeout(late);
    progress.step('asking whether all that must hold does');
    const violations = await askUntilSound(graph, shopping.bought, performance.now() + settledWithinMs);
    const after = readMemory(graph);
    const doubled = await buyersWithTwoOrders(graph);
    progress.done();

    const asked = answers.all.slice(warmUps);
    console.log(`${machine()}\n`);
    console.log(
      reportOf({
        asked,
        outages,
        before,
        after,
        bought: shopping.bought,
        refused: shopping.refused,
        doubled,
        violations,
      }),
    );
    if (doubled > 0 || violations.length > 0) throw new Error('Something was lost or doubled: see above.');
  },
});
