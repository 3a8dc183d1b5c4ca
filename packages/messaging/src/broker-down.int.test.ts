import { eventually, testDatabase, testNats } from '@emporium/testing';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSubgraph, type TestSubgraph } from './test-subgraph.ts';

const nats = await testNats();
afterAll(() => nats.stop());
const database = await testDatabase('orders', { migrated: false });

let subgraph: TestSubgraph;
beforeEach(async () => {
  await nats.restart();
  subgraph = await createTestSubgraph({ databaseUrl: database.adminUrl, natsUrl: nats.url });
});
afterEach(() => subgraph.stop());

const effectsToBe = (...expected: string[]) =>
  eventually(async () => expect((await subgraph.effects()).toSorted()).toEqual(expected.toSorted()));

describe('with the broker down', () => {
  it('a service starts, and its messages go when the broker comes', async () => {
    await nats.stop();
    const messaging = await subgraph.start([subgraph.recorder]);
    await subgraph.send(subgraph.confirmed('o1'));
    expect(messaging.isHealthy()).toBe(false);
    await nats.restart();
    await effectsToBe('o1');
    expect(messaging.isHealthy()).toBe(true);
  });

  it('a service that was never answered stops', async () => {
    await nats.stop();
    const messaging = await subgraph.start([subgraph.recorder]);
    await messaging.stop();
  });

  it('nothing is lost and nothing happens twice through a crash of the broker', async () => {
    const messaging = await subgraph.start([subgraph.recorder]);
    const orders = Array.from({ length: 200 }, (_, index) => `o${index}`);
    for (const [index, order] of orders.entries()) {
      await subgraph.send(subgraph.confirmed(order));
      messaging.wake();
      if (index === 100) await nats.restart('SIGKILL');
    }
    await effectsToBe(...orders);
  });

  it('feeds are woken again when it is back', async () => {
    const messaging = await subgraph.start([]);
    const heard: string[] = [];
    messaging.subscribe(subgraph.event, ({ subject }) => heard.push(subject));
    await eventually(() => messaging.isHealthy());
    await nats.restart('SIGKILL');
    await subgraph.send(subgraph.confirmed('o1'));
    await eventually(() => heard.length === 1);
  });
});
