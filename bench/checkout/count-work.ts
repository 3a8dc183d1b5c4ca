import { setTimeout as delay } from 'node:timers/promises';
import { subgraphNames, withClient } from '@emporium/database';
import type { Graph } from '@emporium/local-stack';
import { eventually } from '@emporium/testing';

/** What orders cost the servers beneath the services, each. */
export type Work = { readonly statements: number; readonly messages: number };

const idleMs = 5_000;
const settledMs = 1_000;

type Counts = { readonly statements: number; readonly messages: number };

const count = (adminUrl: string): Promise<Counts> =>
  withClient(adminUrl, async (client) => {
    const messages = subgraphNames.map((name) => `(SELECT count(*) FROM ${name}.outbox)`).join(' + ');
    const { rows } = await client.query<{ statements: number; messages: number }>(
      `SELECT (SELECT sum(calls)::float8 FROM pg_stat_statements) AS statements, (${messages})::float8 AS messages`,
    );
    if (!rows[0]) throw new Error('an answer without a row');
    return rows[0];
  });

/** Once no message has been added for a while: what follows from an order goes on after it is confirmed. */
const countSettled = async (adminUrl: string): Promise<Counts> => {
  for (let last = await count(adminUrl); ; ) {
    await delay(settledMs);
    const now = await count(adminUrl);
    if (now.messages === last.messages) return now;
    last = now;
  }
};

const startPostgresWith = async (graph: Graph, change: string): Promise<void> => {
  await withClient(graph.parts.database.admin, (client) => client.query(`ALTER SYSTEM ${change}`));
  await graph.restart('postgres');
};

const untilBackMs = 60_000;

/**
 * Counts statements and messages while orders are placed, less what the services do in the same time when nobody asks for
 * anything. Postgres is started anew for it: counting slows it down. `fillCarts` answers the way to order what is in them.
 */
export const countWork = async (
  graph: Graph,
  orders: number,
  fillCarts: (carts: number) => Promise<() => Promise<void>>,
): Promise<Work> => {
  const { admin } = graph.parts.database;
  await startPostgresWith(graph, "SET shared_preload_libraries = 'pg_stat_statements'");
  await withClient(admin, (client) => client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements'));
  // Services find their database again, and are warm again.
  await eventually(async () => (await fillCarts(1))(), { timeout: untilBackMs, every: 500 });
  await (await fillCarts(orders))();
  const place = await fillCarts(orders);
  const rest = await countSettled(admin);
  await delay(idleMs);
  const before = await count(admin);
  const idlePerMs = (before.statements - rest.statements) / idleMs;
  const began = performance.now();
  await place();
  const after = await countSettled(admin);
  const took = performance.now() - began;
  await startPostgresWith(graph, 'RESET shared_preload_libraries');
  await eventually(async () => (await fillCarts(1))(), { timeout: untilBackMs, every: 500 });
  return {
    statements: (after.statements - before.statements - idlePerMs * took) / orders,
    messages: (after.messages - before.messages) / orders,
  };
};
