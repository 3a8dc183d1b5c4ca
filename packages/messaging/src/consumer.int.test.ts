import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, testDatabase, testNats } from '@emporium/testing';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Broker } from './broker.ts';
import { currentCause } from './cause.ts';
import { startConsumer } from './consumer.ts';
import { connectJetStream } from './jetstream.ts';
import { appendToOutbox } from './outbox.ts';
import { batchSubscriber, gatheringSubscriber, subscriber } from './subscriber.ts';
import { connectTestBroker, type TestBroker } from './test-broker.ts';
import { createTestSubgraph, type Effects, silent, type TestSubgraph } from './test-subgraph.ts';
import { ack, park } from './verdict.ts';

const nats = await testNats();
afterAll(() => nats.stop());
const database = await testDatabase('orders', { migrated: false });
const servers = { databaseUrl: database.adminUrl, natsUrl: nats.url };

let subgraph: TestSubgraph;
let broker: TestBroker;

beforeEach(async () => {
  subgraph = await createTestSubgraph(servers);
  broker = await connectTestBroker(servers.natsUrl);
});
afterEach(async () => {
  await subgraph.stop();
  await broker.close();
});

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const confirmed = (orderId: string) => subgraph.confirmed(orderId);
const effectsToBe = (...expected: string[]) =>
  eventually(async () => expect((await subgraph.effects()).toSorted()).toEqual(expected.toSorted()));
const inboxToHold = (count: number) =>
  eventually(async () => expect(await subgraph.query('SELECT * FROM inbox')).toHaveLength(count));
const parked = () =>
  subgraph.query<{ event_id: string; reason: string; attempts: number; envelope: unknown }>(
    'SELECT * FROM parked_messages ORDER BY parked_at',
  );
const parkedToBe = (count: number) =>
  eventually(async () => {
    const rows = await parked();
    expect(rows).toHaveLength(count);
    return rows;
  });

/** A broker that never hears what consumers answer, as after a crash. */
const deafTo = (broker: Broker, onAck: () => void): Broker => ({
  ...broker,
  openConsumer: async (options) => {
    const opened = await broker.openConsumer(options);
    return {
      async *fetch(max, signal) {
        for await (const delivery of opened.fetch(max, signal)) {
          yield { ...delivery, ack: onAck, working: () => undefined };
        }
      },
    };
  },
});

describe('a message', () => {
  it('has one effect however often it is delivered', async () => {
    await subgraph.start([subgraph.recorder]);
    const { subject, envelope } = confirmed('o1');
    await eventually(() => broker.publish(subject, JSON.stringify(envelope)));
    for (let copy = 0; copy < 5; copy += 1) await broker.publish(subject, JSON.stringify(envelope));
    await subgraph.send(confirmed('o2'));
    await effectsToBe('o1', 'o2');
  });

  it('has one effect though acknowledgements never arrive', async () => {
    await subgraph.start([]);
    await subgraph.send(confirmed('o1'));
    let lost = 0;
    const jetStream = connectJetStream(nats.url, subgraph.owner, silent);
    const consumer = startConsumer({
      ...subgraph.consuming(subgraph.recorder),
      broker: deafTo(jetStream, () => {
        lost += 1;
      }),
      ackWaitMs: 300,
    });
    await eventually(() => lost > 2);
    expect(await subgraph.effects()).toEqual(['o1']);
    await consumer.stop();
    await jetStream.close();
  });

  it('has one effect though the answer to its commit is lost', async () => {
    let lost = 0;
    await subgraph.start([subgraph.recorder], {
      transact: async (work) => {
        const result = await subgraph.transact(work);
        lost += 1;
        if (lost > 3) return result;
        throw new Error(lost === 1 ? 'Connection terminated unexpectedly' : 'died');
      },
    });
    await subgraph.send(confirmed('o1'));
    await eventually(() => lost > 3);
    expect(await subgraph.effects()).toEqual(['o1']);
    expect(await parked()).toEqual([]);
  });

  it('has one effect though two replicas hear it', async () => {
    await subgraph.start([subgraph.recorder]);
    await subgraph.start([subgraph.recorder]);
    const orders = Array.from({ length: 60 }, (_, index) => `o${index}`);
    await subgraph.send(...orders.map(confirmed));
    await effectsToBe(...orders);
    await inboxToHold(orders.length);
  });

  it('is parked after the last retry, and blocks no other', async () => {
    let attempts = 0;
    const handler = subscriber(subgraph.event, async (effects: Effects, { payload }) => {
      await effects.record(payload.orderId);
      if (payload.orderId !== 'poison') return ack;
      attempts += 1;
      throw new Error('no\n  such\nthing at postgres://user:secret@host/db');
    });
    await subgraph.start([handler]);
    await subgraph.send(
      confirmed('poison'),
      ...Array.from({ length: 20 }, (_, index) => confirmed(`o${index}`)),
    );
    const [row] = await parkedToBe(1);
    expect(row).toMatchObject({ reason: 'Error: thing at postgres://***@host/db', attempts: 6 });
    expect(attempts).toBe(6);
    await inboxToHold(21);
    expect(await subgraph.effects()).not.toContain('poison');
  });

  it('is parked at once when the handler says so', async () => {
    const handler = subscriber(subgraph.event, async (_effects: Effects, { payload }) =>
      park(`order ${payload.orderId} is not ours`),
    );
    await subgraph.start([handler]);
    await subgraph.send(confirmed('o1'));
    expect(await parkedToBe(1)).toMatchObject([{ reason: 'order o1 is not ours', attempts: 1 }]);
  });

  it('is parked at once when it breaks its contract', async () => {
    await subgraph.start([subgraph.recorder]);
    const { subject, envelope } = confirmed('o1');
    await eventually(() => broker.publish(subject, 'not json \u0000'));
    await broker.publish(subject, JSON.stringify({ ...envelope, payload: { orderId: 7 } }));
    const rows = await parkedToBe(2);
    expect(rows.map(({ reason }) => reason).toSorted()).toEqual([
      expect.stringContaining('malformed: SyntaxError'),
      expect.stringContaining('malformed: ZodError: orderId'),
    ]);
    expect(rows.map(({ event_id }) => event_id)).toContain(envelope.id);
    await subgraph.send(confirmed('o2'));
    await effectsToBe('o2');
  });

  it('waits, and is not blamed, while the database does not answer', async () => {
    let outages = 8;
    await subgraph.start([subgraph.recorder], {
      retryDelays: [],
      transact: async (work) => {
        outages -= 1;
        if (outages > 0) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
        return subgraph.transact(work);
      },
    });
    await subgraph.send(confirmed('o1'), confirmed('o2'), confirmed('o3'));
    await effectsToBe('o1', 'o2', 'o3');
    expect(await parked()).toEqual([]);
  });

  it('is handled again at once when two transactions met', async () => {
    let conflicts = 3;
    await subgraph.start([subgraph.recorder], {
      retryDelays: [],
      transact: (work) =>
        subgraph.transact(async (ports, sql) => {
          const result = await work(ports, sql);
          if (result !== 'handled') return result;
          conflicts -= 1;
          if (conflicts > 0) throw Object.assign(new Error('could not serialize'), { code: '40001' });
          return result;
        }),
    });
    await subgraph.send(confirmed('o1'));
    await effectsToBe('o1');
    expect(conflicts).toBe(0);
    expect(await parked()).toEqual([]);
  });

  it('names its cause in what follows from it', async () => {
    const first = confirmed('o1');
    const handler = subscriber(subgraph.event, async (_effects: Effects, { payload }) => {
      if (payload.orderId === 'o1') {
        await subgraph.transact((_ports, sql) => appendToOutbox(sql, [confirmed('o2')]));
      }
      return ack;
    });
    await subgraph.start([handler]);
    await subgraph.send(first);
    await inboxToHold(2);
    const rows = await subgraph.query("SELECT envelope FROM outbox WHERE aggregate_id = 'o2'");
    expect(rows).toMatchObject([{ envelope: { causationId: first.id, correlationId: 'o1' } }]);
  });
});

describe('a consumer', () => {
  it('waits for a stream whose owner has not started', async () => {
    const other = await createTestSubgraph(servers);
    const handler = subscriber(other.event, async (effects: Effects, { payload }) => {
      await effects.record(payload.orderId);
      return ack;
    });
    await subgraph.start([handler]);
    await sleep(300);
    await other.start([]);
    await other.send(other.confirmed('o1'));
    await effectsToBe('o1');
    await other.stop();
  });

  it('goes on when the stream was wiped', async () => {
    await subgraph.start([subgraph.recorder]);
    await subgraph.send(confirmed('o1'));
    await effectsToBe('o1');
    await broker.deleteStream(subgraph.owner);
    await subgraph.send(confirmed('o2'));
    await effectsToBe('o1', 'o2');
  });

  it('refuses to share its name', async () => {
    await expect(subgraph.start([subgraph.recorder, subgraph.recorder])).rejects.toThrow(
      'share the consumer',
    );
  });

  it('hands a batch to one transaction', async () => {
    const sizes: number[] = [];
    const handler = batchSubscriber(subgraph.event, 50, async (effects: Effects, received) => {
      sizes.push(received.length);
      for (const { payload } of received) await effects.record(payload.orderId);
      return ack;
    });
    const orders = Array.from({ length: 120 }, (_, index) => `o${String(index).padStart(3, '0')}`);
    await subgraph.send(...orders.map(confirmed));
    await subgraph.start([handler]);
    await effectsToBe(...orders);
    await inboxToHold(120);
    expect(Math.max(...sizes)).toBeGreaterThan(10);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
  });

  it.each([
    ['refused', [...letters, 'refused']],
    ['poison', letters],
  ])(
    'handles a batch with one %s message one by one, so that no other suffers',
    async (guilty, effects) => {
      const handler = batchSubscriber(subgraph.event, 50, async (ports: Effects, received) => {
        for (const { payload } of received) {
          await ports.record(payload.orderId);
          if (payload.orderId === 'refused') return park('not ours');
          if (payload.orderId === 'poison') throw new Error('cannot');
        }
        return ack;
      });
      await subgraph.send(confirmed(guilty), ...letters.map(confirmed));
      await subgraph.start([handler]);
      expect(await parkedToBe(1)).toMatchObject([{ envelope: { payload: { orderId: guilty } } }]);
      await inboxToHold(letters.length + 1);
      await effectsToBe(...effects);
    },
  );

  it('handles what came together at the same time, each under its own cause, but one thing’s one by one', async () => {
    let atOnce = 0;
    let most = 0;
    const causes = new Map<string, string | undefined>();
    const seen: string[] = [];
    const handler = gatheringSubscriber(
      subgraph.event,
      50,
      ({ orderId }) => orderId.slice(0, 1),
      async (effects: Effects, { payload: { orderId } }) => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        causes.set(orderId, currentCause().causationId);
        await effects.record(orderId);
        seen.push(orderId);
        atOnce -= 1;
        return ack;
      },
    );
    const messages = ['a1', 'b1', 'a2', 'c1', 'a3'].map(confirmed);
    await subgraph.send(...messages);
    await subgraph.start([handler]);
    await effectsToBe('a1', 'a2', 'a3', 'b1', 'c1');
    expect(most).toBe(3);
    expect(seen.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    const ids = messages.map(({ id }) => id);
    expect(['a1', 'b1', 'a2', 'c1', 'a3'].map((id) => causes.get(id))).toEqual(ids);
  });

  it.each([
    ['refused', [...letters, 'refused']],
    ['poison', letters],
  ])(
    'lets no other suffer from one %s message among those it handles together',
    async (guilty, effects) => {
      const handler = gatheringSubscriber(
        subgraph.event,
        50,
        ({ orderId }) => orderId,
        async (ports: Effects, { payload: { orderId } }) => {
          if (orderId === 'poison') throw new Error('cannot');
          await ports.record(orderId);
          return orderId === 'refused' ? park('not ours') : ack;
        },
      );
      await subgraph.send(confirmed(guilty), ...letters.map(confirmed));
      await subgraph.start([handler]);
      expect(await parkedToBe(1)).toMatchObject([{ envelope: { payload: { orderId: guilty } } }]);
      await inboxToHold(letters.length + 1);
      await effectsToBe(...effects);
    },
  );
});

describe('a plain subscription', () => {
  it('wakes its listener until it is ended, whatever the listener throws', async () => {
    const messaging = await subgraph.start([]);
    const heard: string[] = [];
    const end = messaging.subscribe(subgraph.event, ({ subject }) => {
      heard.push(subject);
      throw new Error('a listener of ours');
    });
    messaging.subscribe(`emporium.${subgraph.owner}.>`, ({ envelope }) => {
      heard.push((envelope as { id: string }).id);
    });
    await eventually(() => expect(messaging.isHealthy()).toBe(true));
    const [first, second] = [confirmed('o1'), confirmed('o2')];
    await subgraph.send(first);
    await eventually(() => expect(heard.toSorted()).toEqual([first.id, subgraph.event.subject].toSorted()));
    end();
    await subgraph.send(second);
    await eventually(() => expect(heard).toContain(second.id));
    expect(heard).toHaveLength(3);
  });
});
