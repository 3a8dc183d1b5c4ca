import { testCollector } from '@emporium/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTracer } from './open-tracer.ts';
import { type Tracer, untilDone } from './tracer.ts';

let collector: Awaited<ReturnType<typeof testCollector>>;
beforeEach(async () => {
  collector = await testCollector();
});
afterEach(() => collector.stop());

const open = async (onFailure = vi.fn()): Promise<Tracer> => {
  const tracer = await openTracer({ service: 'shop', endpoint: collector.url, onFailure });
  if (!tracer) throw new Error('no tracer');
  return tracer;
};

const traceId = '0af7651916cd43dd8448eb211c80319c';
const sampled = `00-${traceId}-b7ad6b7169203331-01`;
const notSampled = `00-${traceId}-b7ad6b7169203331-00`;

describe('a tracer', () => {
  it('is none without a collector', async () =>
    expect(await openTracer({ service: 'shop', endpoint: undefined, onFailure: vi.fn() })).toBeNull());

  it('continues a trace and lets others continue it', async () => {
    const tracer = await open();
    const outer = tracer.start('outer', { kind: 'server', parent: sampled, attributes: { a: 'b' } });
    const inner = tracer.start('inner', { kind: 'client', parent: outer.traceparent });
    inner.end('Timeout');
    outer.describe({ c: 1, d: undefined }, 'renamed');
    outer.end();
    await tracer.stop();
    const [first, second] = collector.spans;
    expect(first).toMatchObject({
      name: 'inner',
      traceId,
      failure: 'Timeout',
      parentSpanId: second?.spanId,
    });
    expect(second).toMatchObject({
      service: 'shop',
      name: 'renamed',
      traceId,
      parentSpanId: 'b7ad6b7169203331',
      attributes: { a: 'b', c: 1 },
      failure: undefined,
    });
  });

  it('begins a trace where nothing fit to continue was given, and links others', async () => {
    const tracer = await open();
    tracer.start('one', { kind: 'internal', parent: 'garbage', links: [sampled, 'garbage'] }).end();
    await tracer.stop();
    expect(collector.spans).toMatchObject([{ parentSpanId: undefined, links: ['b7ad6b7169203331'] }]);
  });

  it('sends nothing of a trace that is not sampled, and tells who continues it', async () => {
    const tracer = await open();
    const span = tracer.start('one', { kind: 'server', parent: notSampled });
    expect(span.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
    span.end();
    await tracer.stop();
    expect(collector.spans).toEqual([]);
  });

  it('samples as the standard variables say', async () => {
    vi.stubEnv('OTEL_TRACES_SAMPLER', 'parentbased_traceidratio');
    vi.stubEnv('OTEL_TRACES_SAMPLER_ARG', '0');
    vi.stubEnv('OTEL_SERVICE_NAME', 'corner-shop');
    const tracer = await open();
    tracer.start('own', { kind: 'server' }).end();
    tracer.start('of a sampled one', { kind: 'server', parent: sampled }).end();
    await tracer.stop();
    expect(collector.spans).toMatchObject([{ name: 'of a sampled one', service: 'corner-shop' }]);
    vi.unstubAllEnvs();
  });

  it('says when the collector is away, and stops all the same', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '200');
    const onFailure = vi.fn();
    const tracer = await open(onFailure);
    await collector.stop();
    tracer.start('lost', { kind: 'server' }).end();
    await tracer.stop();
    expect(onFailure).toHaveBeenCalled();
    vi.unstubAllEnvs();
    collector = await testCollector();
  });
});

describe('work in a span', () => {
  const span = () => ({ traceparent: sampled, describe: vi.fn(), end: vi.fn() });

  it('ends it', async () => {
    const done = span();
    expect(await untilDone(done, Promise.resolve(1))).toBe(1);
    expect(done.end).toHaveBeenCalledWith();
  });

  it('tells the kind of its failure, and not its words', async () => {
    const failed = span();
    const error = new TypeError('secret');
    await expect(untilDone(failed, Promise.reject(error))).rejects.toBe(error);
    expect(failed.end).toHaveBeenCalledWith('TypeError');
  });
});
