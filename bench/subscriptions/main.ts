/**
 * Measures what subscribers cost our gateway: how long they take to connect, how soon each hears of a change, what memory the
 * gateway holds for them, and whether it gives all of it back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { endChildren } from '../gateway/child.ts';
import { createProgress } from '../gateway/progress.ts';
import { requireFileDescriptors } from './file-descriptors.ts';
import { comeAndLeave, measure } from './measure.ts';
import { readOptions, usage } from './options.ts';
import { cyclesOf, type Run, tableOf } from './report.ts';
import { scenarios } from './scenarios.ts';
import { startSurroundings } from './surroundings.ts';

const cyclesAfterFirst = 3;
const cycled = 'spread';

const main = async (): Promise<void> => {
  const { sizes, only, profile } = readOptions(process.argv.slice(2));
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
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n`);
  for (const { name, about } of asked) console.log(`${name}: ${about}`);
  if (runs.length > 0) console.log(`\n${tableOf(runs)}`);
  if (heaps.length > 0) console.log(`\n${most} subscribers (${cycled}), ${cyclesOf(heaps, before)}`);
};

const folder = mkdtempSync(path.join(tmpdir(), 'emporium-bench-subscriptions-'));
let ending = false;
const end = async (code: number): Promise<void> => {
  if (ending) return;
  ending = true;
  await endChildren();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(1));
const start = process.argv.includes('--help') ? async () => console.log(usage) : main;
start().then(
  () => end(0),
  (error: unknown) => {
    if (!ending) console.error(error instanceof Error ? error.message : error);
    end(1);
  },
);
