import { eventually, testDatabase, testNats } from '@emporium/testing';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Broker } from './broker.ts';
import { connectJetStream } from './jetstream.ts';
import { createMetrics } from './metrics.ts';
import type { OutgoingMessage } from './outgoing.ts';
import { startRelay } from './relay.ts';
import { connectTestBroker, type TestBroker } from './test-broker.ts';
import { createTestSubgraph, silent, type TestSubgraph } from './test-subgraph.ts';

const nats = await testNats();
afterAll(() => nats.stop());
const { adminUrl: databaseUrl } = await testDatabase('orders', { migrated: false });
const natsUrl = nats.url;

let subgraph: TestSubgraph;
let broker: TestBroker;
let endings: (() => Promise<void>)[];

beforeEach(async () => {
  endings = [];
  subgraph = await createTestSubgraph({ databaseUrl, natsUrl });
  broker = await connectTestBroker(natsUrl);
});
afterEach(async () => {
  for (const end of endings) await end();
  await broker.close();
  await subgraph.stop();
});

/** A relay whose publishing the test may spoil. */
const relay = (spoil?: (publish: Broker['publish']) => Broker['publish'], pollMs = 50) => {
  const jetStream = connectJetStream(natsUrl, subgraph.owner, silent);
  const publish = vi.fn(spoil ? spoil(jetStream.publish) : jetStream.publish);
  const running = startRelay({
    owner: subgraph.owner,
    databaseUrl,
    broker: { ...jetStream, publish },
    pollMs,
    logger: silent,
    metrics: createMetrics(),
  });
  const stop = async () => {
    await running.stop();
    await jetStream.close();
  };
  endings.push(stop);
  return { ...running, publish, stop };
};
const orders = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => subgraph.confirmed(`${prefix}${index}`));
const sent = async () =>
  (await broker.bodies(subgraph.owner)).map((body) => (JSON.parse(body) as OutgoingMessage).id);
const everythingSent = () => eventually(async () => expect(await subgraph.unpublished()).toBe(0));

describe('the relay', () => {
  it('sends what was committed, in order, and notes where in the stream it is', async () => {
    const messages = orders('o', 3);
    await subgraph.send(...messages);
    relay();
    await everythingSent();
    expect((await sent()).toSorted()).toEqual(messages.map(({ id }) => id).toSorted());
    const rows = await subgraph.query<{ stream_sequence: string }>('SELECT stream_sequence FROM outbox');
    expect(rows.map((row) => row.stream_sequence).toSorted()).toEqual(['1', '2', '3']);
  });

  it('sends nothing of a transaction that was rolled back', async () => {
    relay();
    const lost = subgraph.transact(async (_ports, sql) => {
      await subgraph.send(subgraph.confirmed('kept'));
      await sql.$executeRawUnsafe(
        "INSERT INTO outbox (id, subject, aggregate_id, envelope) VALUES ('x', 'x', 'x', '{}')",
      );
      throw new Error('no');
    });
    await expect(lost).rejects.toThrow('no');
    await everythingSent();
    await eventually(async () => expect(await sent()).toHaveLength(1));
  });

  it('keeps the order of each aggregate although the broker fails', async () => {
    const messages = ['a', 'b', 'c'].flatMap((order) =>
      Array.from({ length: 5 }, () => subgraph.confirmed(order)),
    );
    await subgraph.send(...messages);
    let calls = 0;
    relay((publish) => async (message) => {
      calls += 1;
      if (calls % 3 === 0) throw new Error('the broker stumbles');
      return publish(message);
    });
    await everythingSent();
    const arrived = await sent();
    for (const order of ['a', 'b', 'c']) {
      const ids = messages.filter(({ aggregateId }) => aggregateId === order).map(({ id }) => id);
      expect(arrived.filter((id) => ids.includes(id))).toEqual(ids);
    }
  });

  it('sends everything again when the stream is gone', async () => {
    const before = orders('before', 3);
    await subgraph.send(...before);
    relay();
    await everythingSent();
    await broker.deleteStream(subgraph.owner);
    const after = orders('after', 1);
    await subgraph.send(...after);
    await eventually(async () => expect(await sent()).toHaveLength(4));
    await everythingSent();
    expect((await sent()).toSorted()).toEqual([...before, ...after].map(({ id }) => id).toSorted());
  });

  it('sends everything again when the stream was made anew behind its back', async () => {
    await subgraph.send(...orders('before', 3));
    relay();
    await everythingSent();
    await broker.deleteStream(subgraph.owner);
    await broker.addStream(subgraph.owner);
    await subgraph.send(subgraph.confirmed('after'));
    await eventually(async () => expect(new Set(await sent()).size).toBe(4));
    await everythingSent();
  });

  it('finds out at its start what the stream has lost', async () => {
    await subgraph.send(...orders('o', 3));
    const first = relay();
    await everythingSent();
    await first.stop();
    await broker.deleteStream(subgraph.owner);
    relay();
    await eventually(async () => expect(await sent()).toHaveLength(3));
  });

  it('leads alone, and is followed by the one that stood by', async () => {
    const first = relay();
    await subgraph.send(...orders('first', 1));
    await everythingSent();
    const second = relay();
    await subgraph.send(...orders('second', 20));
    await everythingSent();
    expect(second.publish).not.toHaveBeenCalled();
    await first.stop();
    await subgraph.send(...orders('third', 1));
    await everythingSent();
    expect(second.publish).toHaveBeenCalledOnce();
  });

  it('that stands by wakes the one that leads', async () => {
    const never = 60_000;
    relay(undefined, never);
    await subgraph.send(...orders('first', 1));
    await everythingSent();
    const second = relay(undefined, never);
    await eventually(() => expect(second.isHealthy()).toBe(true));
    await subgraph.send(...orders('second', 1));
    second.wake();
    await everythingSent();
    expect(second.publish).not.toHaveBeenCalled();
  });

  it('goes on when its database connection is cut', async () => {
    relay();
    await subgraph.send(...orders('first', 1));
    await everythingSent();
    await subgraph.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
      [`${subgraph.owner}-relay`],
    );
    await subgraph.send(...orders('second', 1));
    await everythingSent();
  });

  it('forgets what is older than 30 days, and inbox rows after 45', async () => {
    await subgraph.send(...orders('o', 2));
    const first = relay();
    await everythingSent();
    await first.stop();
    await subgraph.query(
      `UPDATE outbox SET published_at = now() - interval '31 days' WHERE aggregate_id = 'o0'`,
    );
    await subgraph.query(
      `INSERT INTO inbox VALUES ('c', 'old', now() - interval '46 days'), ('c', 'young', now() - interval '44 days')`,
    );
    relay();
    await eventually(async () => {
      expect(await subgraph.query('SELECT aggregate_id FROM outbox')).toEqual([{ aggregate_id: 'o1' }]);
      expect(await subgraph.query('SELECT event_id FROM inbox')).toEqual([{ event_id: 'young' }]);
    });
  });
});
