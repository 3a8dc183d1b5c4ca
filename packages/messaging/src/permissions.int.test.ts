import { orderConfirmed } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { eventually, testDatabase, testNats } from '@emporium/testing';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { connectJetStream } from './jetstream.ts';
import { outgoing } from './outgoing.ts';
import { subscriber } from './subscriber.ts';
import { createTestSubgraph, type Effects, silent, tables } from './test-subgraph.ts';
import { ack } from './verdict.ts';

const nats = await testNats();
afterAll(() => nats.stop());

/** A subgraph as in production: its own database roles, its own user of the broker. */
const realSubgraph = async (owner: 'orders' | 'inventory') => {
  const { ownerUrl, url } = await testDatabase(owner, { migrated: false });
  const client = new pg.Client({ connectionString: ownerUrl, options: `-c search_path=${owner}` });
  await client.connect();
  await client.query(tables);
  await client.end();
  return createTestSubgraph({ databaseUrl: url, natsUrl: nats.urls[owner] }, owner);
};

describe('with the permissions that it has in production', () => {
  it('a subgraph sends its own events and hears another’s', async () => {
    const [orders, inventory] = await Promise.all([realSubgraph('orders'), realSubgraph('inventory')]);
    const handler = subscriber(orderConfirmed, async (effects: Effects, { payload }) => {
      await effects.record(payload.orderId);
      return ack;
    });
    await inventory.start([handler]);
    await orders.start([]);
    await orders.send(
      outgoing(
        orderConfirmed,
        { orderId: asId<'Order'>('o1') },
        { aggregateId: 'o1', occurredAt: asInstant('2026-01-02T03:04:05.678Z') },
      ),
    );
    await eventually(async () => expect(await inventory.effects()).toEqual(['o1']));
    expect(await inventory.query('SELECT consumer FROM inbox')).toEqual([
      { consumer: 'inventory_orders-confirmed' },
    ]);
    await Promise.all([orders.stop(), inventory.stop()]);
  });

  it('a subgraph cannot speak for another', async () => {
    const inventory = connectJetStream(nats.urls.inventory, 'inventory', silent);
    await eventually(() => inventory.isConnected());
    await expect(
      inventory.publish({ id: 'e1', subject: 'emporium.orders.confirmed.v1', body: '{}' }),
    ).rejects.toThrow();
    await inventory.close();
  });
});
