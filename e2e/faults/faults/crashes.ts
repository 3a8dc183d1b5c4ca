import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SubgraphName } from '@emporium/database';
import { eventually } from '@emporium/testing';
import { openPageWithout } from '../visitors/pages.ts';
import type { Fault, Kind } from './fault.ts';

/** The steps of a purchase that hear something. */
const hearing: readonly [SubgraphName, string][] = [
  ['inventory', 'inventory_orders-placed'],
  ['orders', 'orders_inventory-reserved'],
  ['payments', 'payments_orders-payment-requested'],
  ['orders', 'orders_payments-captured'],
  ['inventory', 'inventory_orders-confirmed'],
];

/** Those that tell something. */
const telling: readonly [SubgraphName, string][] = [
  ['orders', 'emporium.orders.placed.v1'],
  ['inventory', 'emporium.inventory.reserved.v1'],
  ['orders', 'emporium.orders.payment-requested.v1'],
  ['payments', 'emporium.payments.captured.v1'],
  ['orders', 'emporium.orders.confirmed.v1'],
  ['inventory', 'emporium.inventory.committed.v1'],
];

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const crash = (name: SubgraphName, point: string, about: string, isShort = false): Fault => ({
  name: `crash ${name} ${point} ${about}`,
  ...(isShort ? { short: 'in turn' } : {}),
  takesOrders: name !== 'orders',
  holdMs: 0,
  break: async ({ graph, crashPoints }) => {
    const pid = graph.pid(name);
    writeFileSync(path.join(crashPoints, `${point} ${about}`), '');
    await eventually(() => !isAlive(pid), { timeout: 20_000 });
  },
  meanwhile: openPageWithout(name),
  heal: ({ graph }) => graph.restart(name),
});

export const crashes: Kind = {
  title: 'Crashed at the moment where it hurts',
  says: 'A subgraph kills itself at a step of a purchase: before it commits what it heard, between that and the acknowledgement (before-ack), after it has committed what it tells, or after the broker has taken that (after-publish). Then it is started again.',
  faults: [
    ...hearing.flatMap(([name, consumer]) => [
      crash(name, 'before-commit', consumer, consumer === 'orders_payments-captured'),
      crash(name, 'before-ack', consumer),
    ]),
    ...telling.flatMap(([name, subject]) => [
      crash(name, 'after-commit', subject),
      crash(name, 'after-publish', subject, subject === 'emporium.inventory.reserved.v1'),
    ]),
  ],
};
