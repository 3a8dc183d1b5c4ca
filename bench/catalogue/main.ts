/**
 * Measures what the catalogue costs as it grows: the whole graph, more and more products of a seeded generator, and for each size
 * the same kinds of questions through the gateway at a fixed rate. Answers are not kept, so that each is worked out.
 */
import path from 'node:path';
import { startGraph } from '@emporium/local-stack';
import { askAtRate } from '../stage/open-loop.ts';
import { createProgress } from '../stage/progress.ts';
import { machine, runBench } from '../stage/run-bench.ts';
import { loadProducts, loadSellers } from './load.ts';
import { readOptions, usage } from './options.ts';
import { questions } from './questions.ts';
import { type Figure, loadingOf, reportOf } from './report.ts';
import { openShopFront } from './shop-front.ts';

const warmUpSeconds = 2;

runBench({
  name: 'catalogue',
  usage,
  measure: async (args, folder, atEnd) => {
    const { sizes, seconds, seed } = readOptions(args);
    const progress = createProgress(1 + sizes.length * (1 + questions.length));
    progress.step('starting the graph');
    const graph = await startGraph({
      dataFolder: path.join(folder, 'graph'),
      extraEnv: {
        gateway: {
          RESPONSE_CACHE: 'false',
          LIMIT_REQUESTS_PER_MINUTE: '10000000',
          LIMIT_OPERATIONS_PER_MINUTE: '10000000',
        },
      },
    });
    atEnd(graph.stop);
    const { admin } = graph.parts.database;
    await loadSellers(admin);
    const front = await openShopFront(graph.gatewayUrl);
    atEnd(front.close);
    const loadings: string[] = [];
    const figures: Figure[] = [];
    let loaded = 0;
    for (const size of sizes) {
      progress.step(`loading up to ${size} products`);
      loadings.push(loadingOf(await loadProducts(admin, seed, loaded, size)));
      loaded = size;
      await front.signInAgain();
      for (const { name, perSecond, document, variables, isAnswered } of questions) {
        progress.step(`${size} products: ${name}, ${perSecond}/s`);
        const ask = async (turn: number): Promise<void> => {
          const asked = variables(turn, { size, seed });
          const data = await front.ask<never>(document, asked);
          if (!isAnswered(data))
            throw new Error(`${name} ${JSON.stringify(asked)}: ${JSON.stringify(data)}`);
        };
        await askAtRate(ask, perSecond, warmUpSeconds);
        const measured = await askAtRate(ask, perSecond, seconds);
        figures.push({ question: name, size, measured });
      }
    }
    progress.done();
    console.log(`Through the gateway, asked at a fixed rate, ${seconds} s each; answers are not kept.`);
    console.log(`${machine()}\n\n${loadings.join('\n')}\n\n${reportOf(figures)}`);
  },
});
