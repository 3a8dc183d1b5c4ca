import { eventually, testDatabase, testNats } from '@emporium/testing';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ParkedMessages, parkedMessages } from './parked-messages.ts';
import { type Subscriber, subscriber } from './subscriber.ts';
import { createTestSubgraph, type Effects, type TestSubgraph } from './test-subgraph.ts';
import { ack, park } from './verdict.ts';

const nats = await testNats();
afterAll(() => nats.stop());
const database = await testDatabase('orders', { migrated: false });

let subgraph: TestSubgraph;
let parked: ParkedMessages;
let mended: boolean;

beforeEach(async () => {
  mended = false;
  subgraph = await createTestSubgraph({ databaseUrl: database.adminUrl, natsUrl: nats.url });
  const handler: Subscriber<Effects> = subscriber(subgraph.event, async (effects, { payload }) => {
    await effects.record(payload.orderId);
    return mended ? ack : park(`${payload.orderId} is not ours`);
  });
  const { owner, transact } = subgraph;
  parked = parkedMessages(subgraph.sql, { owner, transact, subscribers: [handler] });
  await subgraph.start([handler]);
  for (const order of ['o1', 'o2', 'o3']) await subgraph.send(subgraph.confirmed(order));
  await eventually(async () => expect(await parked.list()).toHaveLength(3));
  await subgraph.query('DELETE FROM effects');
});
afterEach(() => subgraph.stop());

const first = async () => {
  const [message] = await parked.list();
  if (!message) throw new Error('nothing is parked');
  return message;
};

describe('parked messages', () => {
  it('are listed newest first, page by page', async () => {
    const all = await parked.list();
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
    expect(all[0]).toMatchObject({ consumer: subgraph.consumer, attempts: 1, resolution: null });
    expect(all[0]?.parkedAt).toBeInstanceOf(Date);
    const rest = await parked.list({}, { first: 10, after: all[0]?.id });
    expect(rest).toEqual(all.slice(1));
    expect(await parked.list({}, { first: 1 })).toEqual(all.slice(0, 1));
    expect(await parked.list({ consumer: 'another' })).toEqual([]);
    expect(await parked.list({ resolved: true })).toEqual([]);
  });

  it('have their effect, once, when they are replayed', async () => {
    mended = true;
    const { id, envelope } = await first();
    expect(await parked.replay(id)).toEqual({ ok: true });
    expect(await parked.replay(id)).toMatchObject({ ok: false, refusal: 'ALREADY_RESOLVED' });
    expect(await subgraph.effects()).toEqual([
      (envelope as { payload: { orderId: string } }).payload.orderId,
    ]);
    expect(await parked.list({ resolved: true })).toMatchObject([{ id, resolution: 'REPLAYED' }]);
  });

  it('stay parked, without effect, when the handler still refuses them', async () => {
    const { id } = await first();
    expect(await parked.replay(id)).toMatchObject({ ok: false, refusal: 'PARKED_AGAIN' });
    expect(await subgraph.effects()).toEqual([]);
    expect(await parked.list({ resolved: false })).toHaveLength(3);
    expect(await first()).toMatchObject({ id, attempts: 2 });
  });

  it('are discarded for a reason that is kept', async () => {
    const { id, reason } = await first();
    expect(await parked.discard(id, 'a test order')).toEqual({ ok: true });
    expect(await first()).toMatchObject({
      resolution: 'DISCARDED',
      reason: `${reason} (discarded: a test order)`,
    });
    mended = true;
    expect(await parked.replay(id)).toMatchObject({ ok: false, refusal: 'ALREADY_RESOLVED' });
  });

  it('that do not exist are not found', async () => {
    expect(await parked.replay('nothing')).toMatchObject({ refusal: 'NOT_FOUND' });
    expect(await parked.discard('nothing', 'why')).toMatchObject({ refusal: 'NOT_FOUND' });
  });

  it('that nothing handles any more stay parked', async () => {
    const { owner, transact, sql } = subgraph;
    const { id } = await first();
    const orphaned = parkedMessages(sql, { owner, transact, subscribers: [] });
    expect(await orphaned.replay(id)).toMatchObject({ refusal: 'PARKED_AGAIN' });
    expect(await parked.list({ resolved: false })).toHaveLength(3);
  });
});
