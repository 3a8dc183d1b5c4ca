import { eventually, testDatabase, testNats } from '@emporium/testing';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Messaging } from './messaging.ts';
import { askReplay, discardParked, listOperatorActions, republish } from './operator-actions.ts';
import { readOutbox } from './outbox-state.ts';
import { countParked, listParked } from './parked-messages.ts';
import { hasReplays, replayNext } from './replay-parked.ts';
import { type Subscriber, subscriber } from './subscriber.ts';
import { createTestSubgraph, type Effects, type TestSubgraph } from './test-subgraph.ts';
import { ack, park } from './verdict.ts';

const nats = await testNats();
afterAll(() => nats.stop());
const database = await testDatabase('orders', { migrated: false });

const mandate = { actorId: 'ada', reason: 'mended' };

let subgraph: TestSubgraph;
let messaging: Messaging;
let handler: Subscriber<Effects>;
let mended: boolean;

beforeEach(async () => {
  mended = false;
  subgraph = await createTestSubgraph({ databaseUrl: database.adminUrl, natsUrl: nats.url });
  handler = subscriber(subgraph.event, async (effects: Effects, { payload }) => {
    await effects.record(payload.orderId);
    return mended ? ack : park(`${payload.orderId} is not ours`);
  });
  messaging = await subgraph.start([handler]);
  await subgraph.send(...['o1', 'o2', 'o3'].map(subgraph.confirmed));
  await eventually(async () => expect(await list()).toHaveLength(3));
  await subgraph.query('DELETE FROM effects');
});
afterEach(() => subgraph.stop());

const list = (...more: Parameters<typeof listParked> extends [unknown, ...infer Rest] ? Rest : never) =>
  listParked(subgraph.sql, ...more);
const next = (subscribers = [handler]) => replayNext(subgraph.sql, { ...subgraph, subscribers });
const replay = (...ids: string[]) => askReplay(subgraph.sql, { ids }, mandate);
const actions = () => listOperatorActions(subgraph.sql, { first: 10 });
const orderOf = (envelope: unknown) => (envelope as { payload: { orderId: string } }).payload.orderId;

const newest = async () => {
  const [message] = await list();
  if (!message) throw new Error('nothing is parked');
  return message;
};

describe('parked messages', () => {
  it('are listed newest first, page by page', async () => {
    const all = await list();
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(all[0]).toMatchObject({ consumer: subgraph.consumer, attempts: 1, resolution: null });
    expect(all[0]?.parkedAt).toBeInstanceOf(Date);
    expect(await list({}, { first: 10, after: ids[0] })).toEqual(all.slice(1));
    expect(await list({}, { first: 1 })).toEqual(all.slice(0, 1));
    expect(await list({ ids: [ids[1] ?? ''] })).toEqual([all[1]]);
    expect(await list({ consumer: 'another' })).toEqual([]);
    expect(await list({ resolved: true })).toEqual([]);
    expect(await countParked(subgraph.sql)).toEqual(new Map([[subgraph.consumer, 3]]));
  });

  it('have their effect, once, when they are replayed', async () => {
    mended = true;
    const { id, envelope } = await newest();
    expect(await replay(id)).toMatchObject({ kind: 'REPLAY', messages: 1, target: id, ...mandate });
    expect(await replay(id)).toBeNull();
    expect(await subgraph.effects()).toEqual([]);
    expect([await next(), await next()]).toEqual(['REPLAYED', 'NONE_LEFT']);
    expect(await replay(id)).toBeNull();
    expect(await subgraph.effects()).toEqual([orderOf(envelope)]);
    expect(await list({ resolved: true })).toMatchObject([{ id, resolution: 'REPLAYED' }]);
    expect(await actions()).toHaveLength(1);
  });

  it('of one consumer are asked for at once, and have their effects in their order, whoever takes them', async () => {
    mended = true;
    const inOrder = (await list()).map(({ envelope }) => orderOf(envelope)).toReversed();
    expect(await askReplay(subgraph.sql, { consumer: 'another' }, mandate)).toBeNull();
    const asked = await askReplay(subgraph.sql, { consumer: subgraph.consumer }, mandate);
    expect(asked).toMatchObject({ messages: 3, target: `all of ${subgraph.consumer}` });
    expect(await next()).toBe('REPLAYED');
    expect(await subgraph.effects()).toEqual(inOrder.slice(0, 1));
    expect((await Promise.all([next(), next(), next()])).toSorted()).toEqual([
      'NONE_LEFT',
      'REPLAYED',
      'REPLAYED',
    ]);
    expect((await subgraph.effects()).toSorted()).toEqual(inOrder.toSorted());
    expect(await hasReplays(subgraph.sql)).toBe(false);
  });

  it('stay parked, without effect, when the handler still refuses them', async () => {
    const { id } = await newest();
    await replay(id);
    expect(await hasReplays(subgraph.sql)).toBe(true);
    expect([await next(), await next()]).toEqual(['PARKED_AGAIN', 'NONE_LEFT']);
    expect(await subgraph.effects()).toEqual([]);
    expect(await list({ resolved: false })).toHaveLength(3);
    expect(await newest()).toMatchObject({ id, attempts: 2, replayAskedAt: null });
  });

  it('are discarded for a reason that is kept', async () => {
    const { id, reason } = await newest();
    await replay(id);
    expect(await discardParked(subgraph.sql, { ids: [id] }, mandate)).toMatchObject({ messages: 1 });
    expect(await newest()).toMatchObject({
      resolution: 'DISCARDED',
      reason: `${reason} (discarded: mended)`,
    });
    mended = true;
    expect(await next()).toBe('NONE_LEFT');
    expect(await replay(id)).toBeNull();
    expect((await actions()).map(({ kind }) => kind)).toEqual(['DISCARD', 'REPLAY']);
  });

  it('that nothing handles any more stay parked', async () => {
    await replay((await newest()).id);
    expect(await next([])).toBe('PARKED_AGAIN');
    expect(await list({ resolved: false })).toHaveLength(3);
  });
});

describe('an operator', () => {
  it('sees what waits on either side of the broker', async () => {
    await eventually(async () =>
      expect(await readOutbox(subgraph.sql, subgraph.owner)).toEqual({
        waiting: 0,
        oldestSeconds: null,
        lastPublishedAt: expect.any(Date),
        hasLeader: true,
      }),
    );
    expect(await messaging.consumers()).toEqual([
      {
        name: subgraph.consumer,
        subject: subgraph.event.subject,
        pending: 0,
        ackPending: 0,
        redelivered: 0,
      },
    ]);
    await messaging.stop();
    await subgraph.send(subgraph.confirmed('o4'));
    expect(await readOutbox(subgraph.sql, subgraph.owner)).toMatchObject({
      waiting: 1,
      oldestSeconds: expect.any(Number),
      hasLeader: false,
    });
    await expect(messaging.consumers()).rejects.toThrow();
  });

  it('has what was published in a span of time sent again', async () => {
    await eventually(async () => expect(await subgraph.unpublished()).toBe(0));
    await messaging.stop();
    const until = new Date('2999-01-01');
    const nothing = { since: new Date('2998-01-01'), until };
    expect(await republish(subgraph.sql, nothing, mandate)).toBeNull();
    const all = { since: new Date('2000-01-01'), until };
    expect(await republish(subgraph.sql, all, mandate)).toMatchObject({ kind: 'REPUBLISH', messages: 3 });
    expect(await subgraph.unpublished()).toBe(3);
    await subgraph.start([handler]);
    await eventually(async () => expect(await subgraph.unpublished()).toBe(0));
    expect(await subgraph.effects()).toEqual([]);
  });
});
