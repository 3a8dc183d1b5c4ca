import { subgraphNames } from '@emporium/database';
import { openPageWithout } from '../visitors/pages.ts';
import type { Fault, Kind } from './fault.ts';

const servers = ['gateway', 'nats', 'postgres', 'redis', 'card-sandbox'] as const;

type Member = (typeof subgraphNames)[number] | (typeof servers)[number];

/** Those without which orders are taken all the same. */
const dispensable: readonly Member[] = [
  'users',
  'products',
  'inventory',
  'payments',
  'nats',
  'card-sandbox',
];

const shortly: Partial<Record<Member, Fault['short']>> = {
  ...{ users: 'in turn', products: 'in turn', payments: 'in turn', nats: 'in turn', gateway: 'in turn' },
  postgres: 'by itself',
};

const killing = (name: Member): Fault => {
  const short = shortly[name];
  const takesOrders = dispensable.includes(name);
  return {
    name: `kill ${name}`,
    ...(short ? { short } : {}),
    takesOrders,
    // Where orders are taken, it lasts until some were.
    holdMs: takesOrders ? 0 : 1_000,
    break: ({ graph }) => graph.kill(name),
    heal: ({ graph }) => graph.restart(name),
  };
};

export const kills: Kind = {
  title: 'Killed',
  says: 'The process is ended by SIGKILL while buyers buy, and started again. While a subgraph is away, a page that asks all of them is opened: whatever is not its own must be on it.',
  faults: [
    ...subgraphNames.map((name) => ({ ...killing(name), meanwhile: openPageWithout(name) })),
    ...servers.map(killing),
  ],
};
