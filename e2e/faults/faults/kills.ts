import { subgraphNames } from '@emporium/database';
import type { Fault } from './fault.ts';

const members = [...subgraphNames, 'gateway', 'nats', 'postgres', 'redis', 'card-sandbox'] as const;

/** SIGKILL at any moment, and started again. */
export const kills: readonly Fault[] = members.map((name) => ({
  name: `kill ${name}`,
  short: name === 'postgres' || name === 'gateway',
  holdMs: 1_000,
  break: ({ graph }) => graph.kill(name),
  heal: ({ graph }) => graph.restart(name),
}));
