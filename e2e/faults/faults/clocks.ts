import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { subgraphNames } from '@emporium/database';
import type { Fault, Kind, Stage } from './fault.ts';

const hourMs = 3_600_000;
const preload = pathToFileURL(path.join(import.meta.dirname, 'shifted-clock.mjs')).href;

type Name = (typeof subgraphNames)[number];

const restartWith = async ({ graph, extraEnv }: Stage, name: Name, shiftMs: number) => {
  Object.assign(extraEnv[name] ?? {}, {
    NODE_OPTIONS: shiftMs === 0 ? '' : `--import ${preload}`,
    CLOCK_SHIFT_MS: String(shiftMs),
  });
  await graph.kill(name);
  await graph.restart(name);
};

/** What time it is in the last line that the service has written to its log. */
const timeAt = ({ graph }: Stage, name: Name): number => {
  const last = readFileSync(graph.logFile(name), 'utf8').trimEnd().split('\n').at(-1) ?? '';
  return Date.parse((JSON.parse(last) as { time: string }).time);
};

const off = (name: Name, hours: number): Fault => ({
  name: `the clock of ${name} is an hour ${hours < 0 ? 'behind' : 'ahead'}`,
  holdMs: 4_000,
  break: (stage) => restartWith(stage, name, hours * hourMs),
  felt: (stage) => Math.abs(timeAt(stage, name) - Date.now()) > hourMs / 2,
  heal: (stage) => restartWith(stage, name, 0),
});

export const clocks: Kind = {
  title: 'With the wrong time',
  says: 'A subgraph runs on a machine whose clock is an hour off that of the others and of the database, for four seconds at least; then it is started again with the right one.',
  faults: subgraphNames.flatMap((name) => [off(name, 1), off(name, -1)]),
};
