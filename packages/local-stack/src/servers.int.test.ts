import { eventually, type TestNats, testNats, testRedis } from '@emporium/testing';
import { Redis } from 'ioredis';
import { connect } from 'nats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { natsConnection } from './given-servers.ts';

describe('testNats', () => {
  let nats: TestNats;
  beforeAll(async () => {
    nats = await testNats();
  });
  afterAll(() => nats.stop());

  const within = async <T>(
    url: string,
    work: (client: Awaited<ReturnType<typeof connect>>) => Promise<T>,
  ) => {
    const client = await connect(natsConnection(url));
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  };

  it('lets a subgraph make its stream, publish its facts and consume another’s', async () => {
    await within(nats.urls.orders, async (orders) => {
      const manager = await orders.jetstreamManager();
      await manager.streams.add({ name: 'orders', subjects: ['emporium.orders.>'] });
      await orders.jetstream().publish('emporium.orders.placed.v1', 'one');
    });
    await within(nats.urls.inventory, async (inventory) => {
      const manager = await inventory.jetstreamManager();
      await manager.consumers.add('orders', {
        durable_name: 'inventory_orders-placed',
        ack_policy: 'explicit' as never,
        filter_subject: 'emporium.orders.placed.v1',
      });
      const consumer = await inventory.jetstream().consumers.get('orders', 'inventory_orders-placed');
      const message = await consumer.next({ expires: 5_000 });
      expect(message?.string()).toBe('one');
      expect(await message?.ackAck()).toBe(true);
    });
  });

  it.each([
    ['inventory', 'emporium.orders.placed.v1'],
    ['gateway', 'emporium.orders.placed.v1'],
    ['inventory', '$JS.API.STREAM.DELETE.orders'],
    ['inventory', '$JS.API.STREAM.PURGE.orders'],
  ] as const)('lets %s not publish %s', async (user, subject) => {
    await within(nats.urls[user], async (client) => {
      const refused: string[] = [];
      void (async () => {
        for await (const { data } of client.status()) refused.push(JSON.stringify(data));
      })();
      client.publish(subject, '{}');
      await client.flush();
      await eventually(() => refused.some((data) => data.includes('PERMISSIONS_VIOLATION')));
    });
  });

  it('keeps its streams and its address through a crash', async () => {
    await within(nats.url, async (admin) => {
      const manager = await admin.jetstreamManager();
      await manager.streams.add({ name: 'kept', subjects: ['kept.>'] });
      await admin.jetstream().publish('kept.this', 'still here');
    });
    await nats.restart('SIGKILL');
    await within(nats.url, async (admin) => {
      const { state } = await (await admin.jetstreamManager()).streams.info('kept');
      expect(state.messages).toBe(1);
    });
  });
});

describe('testRedis', () => {
  it('asks for its password, and keeps what it is told', async () => {
    const { url, stop } = await testRedis();
    const redis = new Redis(url);
    expect(await redis.set('key', 'value', 'EX', 10)).toBe('OK');
    expect(await redis.get('key')).toBe('value');
    redis.disconnect();
    const stranger = new Redis(url.replace(/:[^:@]*@/, ''), { maxRetriesPerRequest: 0 });
    stranger.on('error', () => undefined);
    await expect(stranger.get('key')).rejects.toThrow('NOAUTH');
    stranger.disconnect();
    await stop();
  });
});
