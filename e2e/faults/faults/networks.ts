import { subgraphNames } from '@emporium/database';
import type { Wire } from '../proxy/wires.ts';
import type { Fault, Kind } from './fault.ts';

const wires: readonly Wire[] = [
  ...subgraphNames.flatMap((name): Wire[] => [`${name}-postgres`, `${name}-nats`]),
  ...subgraphNames.map((name): Wire => `gateway-${name}`),
  'payments-card-sandbox',
  'gateway-nats',
  'all-redis',
];

const cut = (wire: Wire): Fault => ({
  name: `cut ${wire}`,
  ...(wire === 'orders-nats' ? { short: 'in turn', takesOrders: true } : {}),
  holdMs: 4_000,
  break: ({ wires: all }) => all.become(wire, 'cut'),
  felt: ({ wires: all }) => all.isMet(wire),
  heal: ({ wires: all }) => all.become(wire, 'open'),
});

const slow = (wire: Wire): Fault => ({
  name: `slow ${wire}`,
  holdMs: 4_000,
  break: ({ wires: all }) => all.become(wire, { slowMs: 300 }),
  felt: ({ wires: all }) => all.isMet(wire),
  heal: ({ wires: all }) => all.become(wire, 'open'),
});

export const networks: Kind = {
  title: 'Cut off, or slow',
  says: 'For four seconds the connection between two parts is dead (nothing passes and nobody is told, as when packets are dropped) or slow by 300 ms each way. A connection that lost bytes is closed when the network is back.',
  faults: [...wires.map(cut), ...wires.map(slow)],
};
