import { withClient } from '@emporium/database';
import { serverFolder } from '@emporium/testing';
import { AckPolicy, connect, type NatsConnection } from 'nats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { natsConnection } from '../given-servers.ts';
import { type Graph, startGraph } from '../graph.ts';
import { stubClone } from '../testing/stub-clone.ts';
import { awaitEvents } from './await-events.ts';

let graph: Graph;
let nats: NatsConnection;
beforeAll(async () => {
  graph = await startGraph({ dataFolder: serverFolder('events'), root: stubClone(serverFolder('stub')) });
  nats = await connect(natsConnection(graph.parts.nats.admin));
});
afterAll(async () => {
  await nats.close();
  await graph.stop();
});

const soon = () => awaitEvents(graph.parts, 400);
const inDatabase = (statement: string) =>
  withClient(graph.parts.database.admin, (client) => client.query(statement));

it('waits until what was written is published', async () => {
  expect(await soon()).toBe(true);
  await inDatabase(`INSERT INTO orders.outbox (id, subject, aggregate_id, envelope)
    VALUES (gen_random_uuid(), 'emporium.orders.placed.v1', 'o1', '{}')`);
  const told: string[] = [];
  expect(await awaitEvents(graph.parts, 400, (progress) => told.push(progress))).toBe(false);
  expect(told).toContain('1 events under way');
  await inDatabase('UPDATE orders.outbox SET published_at = now()');
  expect(await soon()).toBe(true);
});

it('waits until what was published is handled by all who listen', async () => {
  const manager = await nats.jetstreamManager();
  await manager.streams.add({ name: 'products', subjects: ['emporium.products.>'] });
  for (const durable_name of ['orders', 'inventory'])
    await manager.consumers.add('products', { durable_name, ack_policy: AckPolicy.Explicit });
  await nats.jetstream().publish('emporium.products.variant-changed.v1');
  expect(await soon()).toBe(false);
  const handle = async (durable: string) => {
    const message = await (await nats.jetstream().consumers.get('products', durable)).next();
    await message?.ackAck();
  };
  await handle('orders');
  expect(await soon()).toBe(false);
  await handle('inventory');
  expect(await soon()).toBe(true);
});
