import { eventually, testDatabase, testNats, testTracer } from '@emporium/testing';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentCause, withCause } from './cause.ts';
import { batchSubscriber, subscriber } from './subscriber.ts';
import { createTestSubgraph, type Effects, type TestSubgraph } from './test-subgraph.ts';
import { ack, park } from './verdict.ts';

const nats = await testNats();
afterAll(() => nats.stop());
const database = await testDatabase('orders', { migrated: false });

let subgraph: TestSubgraph;
beforeEach(async () => {
  subgraph = await createTestSubgraph({ databaseUrl: database.adminUrl, natsUrl: nats.url });
});
afterEach(() => subgraph.stop());

const asked = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
const send = (...orderIds: string[]) =>
  withCause({ traceparent: asked }, () => subgraph.send(...orderIds.map(subgraph.confirmed)));

describe('the trace of a message', () => {
  it('goes on through its publication and its handling to what follows from it', async () => {
    const tracer = testTracer();
    let followed: string | undefined;
    const handler = subscriber(subgraph.event, async (_effects: Effects) => {
      followed = currentCause().traceparent;
      return ack;
    });
    await subgraph.start([handler], { tracer });
    await send('o1');
    await eventually(() => {
      const [published, processed] = tracer.spans;
      const { subject } = subgraph.event;
      expect(published).toMatchObject({ name: `publish ${subject}`, parent: asked, ended: true });
      expect(processed).toMatchObject({ name: `process ${subject}`, parent: asked, ended: true });
      expect(processed?.attributes).toMatchObject({ 'messaging.outcome': 'handled' });
      expect(followed).toBe(processed?.traceparent);
    });
  });

  it('says that it was parked, or that its handler failed', async () => {
    const tracer = testTracer();
    const handler = subscriber(subgraph.event, async (_effects: Effects) => {
      if (tracer.spans.filter(({ name }) => name.startsWith('process')).length === 1)
        throw new TypeError('secret');
      return park('a matter for a person');
    });
    await subgraph.start([handler], { tracer });
    await send('o1');
    await eventually(() =>
      expect(
        tracer.spans.filter(({ name }) => name.startsWith('process')).map(({ failure }) => failure),
      ).toEqual(['TypeError', 'parked']),
    );
    expect(JSON.stringify(tracer.spans)).not.toContain('secret');
  });

  it('is linked with the one of a batch that it was handled in', async () => {
    const tracer = testTracer();
    const handler = batchSubscriber(subgraph.event, 10, async (_effects: Effects) => ack);
    await send('o1', 'o2', 'o3');
    await subgraph.start([handler], { tracer });
    await eventually(() => {
      const batches = tracer.spans.filter(({ name }) => name.startsWith('process'));
      expect(batches.some(({ links, parent }) => links.length > 1 && parent === undefined)).toBe(true);
    });
  });
});
