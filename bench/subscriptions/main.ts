/**
 * Measures what subscribers cost our gateway: how long they take to connect, how soon each hears of a change, what memory the
 * gateway holds for them, and whether it gives all of it back.
 */
import { createProgress } from '../stage/progress.ts';
import { machine, runBench } from '../stage/run-bench.ts';
import { requireFileDescriptors } from './file-descriptors.ts';
import { comeAndLeave, measure } from './measure.ts';
import { readOptions, usage } from './options.ts';
import { cyclesOf, type Run, runsOf } from './report.ts';
import { scenarios } from './scenarios.ts';
import { startSurroundings } from './surroundings.ts';

const cyclesAfterFirst = 3;
const cycled = 'spread';

const measureSubscribers = async (args: string[], folder: string): Promise<void> => {
  const { sizes, only, profile } = readOptions(args);
  const most = Math.max(...sizes);
  requireFileDescriptors(most);
  const isAsked = (name: string): boolean => only?.includes(name) ?? true;
  const asked = scenarios.filter(({ name }) => isAsked(name));
  const cycles = isAsked('cycles') ? cyclesAfterFirst + 1 : 0;
  const progress = createProgress(asked.length * sizes.length + cycles + 1);

  progress.step('starting subgraphs and clients');
  const surroundings = await startSurroundings(folder, most);
  const clients = surroundings.startClients();

  const runs: Run[] = [];
  for (const scenario of asked)
    for (const size of sizes) {
      progress.step(`${scenario.name}, ${size} subscribers`);
      const name = `${scenario.name}-${size}`;
      const gateway = await surroundings.startGateway(profile ? { folder: profile, name } : null);
      runs.push(await measure({ surroundings, clients, gateway }, scenario, size));
      await gateway.end();
    }

  const heaps: number[] = [];
  const scenario = scenarios.find(({ name }) => name === cycled);
  const gateway = cycles > 0 ? await surroundings.startGateway(null) : null;
  const before = (await gateway?.heap()) ?? 0;
  for (let cycle = 1; gateway && scenario && cycle <= cycles; cycle += 1) {
    progress.step(`cycle ${cycle} of ${cycles}: ${most} connect and leave`);
    heaps.push(await comeAndLeave({ surroundings, clients, gateway }, scenario, most));
  }
  progress.done();

  console.log(
    `Subscribers over WebSocket, a socket each; each change of an order is completed by a further subgraph.`,
  );
  console.log(`${machine()}\n`);
  for (const { name, about } of asked) console.log(`${name}: ${about}`);
  if (runs.length > 0) console.log(`\n${runsOf(runs)}`);
  if (heaps.length > 0) console.log(`\n${most} subscribers (${cycled}), ${cyclesOf(heaps, before)}`);
};

runBench({ name: 'subscriptions', usage, measure: measureSubscribers });
