import { readdirSync, readFileSync } from 'node:fs';
import { subgraphNames } from '@emporium/database';
import type { Kind } from './fault.ts';

const parentOf = (pid: number): number => {
  try {
    // After the name in parentheses: state, parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return 0; // gone meanwhile
  }
};

/** A process and those that it started. */
const familyOf = (pid: number): readonly number[] => [
  pid,
  ...readdirSync('/proc')
    .map(Number)
    .filter((each) => parentOf(each) === pid),
];

const signal = (pids: readonly number[], name: NodeJS.Signals) => {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // one of Postgres' processes has ended
    }
  }
};

const members = [...subgraphNames, 'gateway', 'nats', 'postgres', 'redis'] as const;

export const stops: Kind = {
  title: 'Stopped',
  says: 'For ten seconds the process holds its connections and says nothing (SIGSTOP), as on a machine that swaps; then it goes on.',
  faults: members.map((name) => ({
    name: `stop ${name} for 10 s`,
    holdMs: 10_000,
    skip: () => (process.platform === 'linux' ? undefined : 'needs /proc'),
    break: ({ graph }) => signal(familyOf(graph.pid(name)), 'SIGSTOP'),
    heal: ({ graph }) => signal(familyOf(graph.pid(name)), 'SIGCONT'),
  })),
};
