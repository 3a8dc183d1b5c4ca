import { subgraphNames } from '@emporium/database';
import type { Wire } from '../proxy/wires.ts';
import type { Fault } from './fault.ts';

const wires: readonly Wire[] = [
  ...subgraphNames.flatMap((name): Wire[] => [`${name}-postgres`, `${name}-nats`]),
  ...subgraphNames.map((name): Wire => `gateway-${name}`),
  'payments-card-sandbox',
  'gateway-nats',
  'all-redis',
];

const cut = (wire: Wire): Fault => ({
  name: `cut ${wire}`,
  short: wire === 'orders-nats',
  holdMs: 4_000,
  break: ({ wires: all }) => all.become(wire, 'cut'),
  felt: ({ wires: all }) => all.isUsed(wire),
  heal: ({ wires: all }) => all.become(wire, 'open'),
});

const slow = (wire: Wire): Fault => ({
  name: `slow ${wire}`,
  holdMs: 4_000,
  break: ({ wires: all }) => all.become(wire, { slowMs: 300 }),
  felt: ({ wires: all }) => all.isUsed(wire),
  heal: ({ wires: all }) => all.become(wire, 'open'),
});

/** The network between two parts is dead, or slow by 300 ms each way. */
export const networks: readonly Fault[] = [...wires.map(cut), ...wires.map(slow)];
