import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProviderCall } from '../application/ports.ts';
import type { ReadyCall } from './committed.ts';
import { startWorkLoop, type WorkLoop } from './work-loop.ts';

const aReadyCall = (id: string, since = performance.now()): ReadyCall => ({
  call: { ...aCall(id), sent: true, ready: { amount: gbp(1n), token: 'tok', reference: 'order' } },
  since,
});
const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });

const aCall = (id: string): ProviderCall => ({
  id,
  kind: 'CAPTURE',
  subject: 'order',
  token: null,
  provider: 'sandbox',
  eventId: null,
  attempts: 1,
  sent: false,
  ready: null,
});

/** Work that ends when the test says so. */
const desk = () => {
  const due: ProviderCall[] = [];
  const settled: string[] = [];
  const renewed: (readonly string[])[] = [];
  /** What was settled without looking anything up first. */
  const atOnce: string[] = [];
  const open = new Map<string, { end: () => void; fail: () => void }>();
  return {
    due,
    settled,
    renewed,
    atOnce,
    open,
    claim: async (limit: number) => due.splice(0, limit),
    settle: ({ id, ready }: ProviderCall) =>
      new Promise<void>((resolve, reject) => {
        if (ready) atOnce.push(id);
        open.set(id, {
          end: () => {
            settled.push(id);
            open.delete(id);
            resolve();
          },
          fail: () => {
            open.delete(id);
            reject(new Error('no'));
          },
        });
      }),
    renew: async (ids: readonly string[]) => void renewed.push(ids),
  };
};

describe('the work loop', () => {
  let loop: WorkLoop;
  let work: ReturnType<typeof desk>;
  const start = () => {
    work = desk();
    const { claim, settle, renew } = work;
    loop = startWorkLoop({
      claim,
      settle,
      renew,
      logger: pino({ level: 'silent' }),
      concurrency: 2,
      pollMs: 1000,
    });
  };
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  beforeEach(() => {
    vi.useFakeTimers();
    start();
  });
  afterEach(async () => {
    for (const { end } of work.open.values()) end();
    await Promise.all([loop.stop(), pass(6000)]);
    vi.useRealTimers();
  });

  it('takes what is due when woken, and no more than it can carry', async () => {
    work.due.push(aCall('1'), aCall('2'), aCall('3'));
    loop.wake(0);
    await pass(0);
    expect([...work.open.keys()]).toEqual(['1', '2']);
    work.open.get('1')?.end();
    await pass(0);
    expect([...work.open.keys()]).toEqual(['2', '3']);
  });

  it('takes more at once when two are done together', async () => {
    work.due.push(...['1', '2', '3', '4', '5', '6'].map(aCall));
    loop.wake(0);
    await pass(0);
    for (const pair of [
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]) {
      expect([...work.open.keys()]).toEqual(pair);
      for (const id of pair) work.open.get(id)?.end();
      await pass(0);
    }
    expect(work.settled).toHaveLength(6);
  });

  it('looks again when something becomes due', async () => {
    loop.wake(250);
    await pass(249);
    work.due.push(aCall('1'));
    await pass(1);
    expect(work.open.has('1')).toBe(true);
  });

  it('looks by itself now and then, for what others left behind', async () => {
    await pass(10);
    work.due.push(aCall('1'));
    await pass(1000);
    expect(work.open.has('1')).toBe(true);
  });

  it('goes on after a failure', async () => {
    work.due.push(aCall('1'), aCall('2'), aCall('3'));
    loop.wake(0);
    await pass(0);
    work.open.get('1')?.fail();
    await pass(0);
    expect([...work.open.keys()]).toEqual(['2', '3']);
  });

  it('keeps taken what it works on, whoever gave it', async () => {
    work.due.push(aCall('1'));
    loop.wake(0);
    await pass(0);
    const now = loop.settleNow(aCall('now'));
    await pass(1500);
    expect(work.renewed).toEqual([['1', 'now']]);
    work.open.get('now')?.end();
    await now;
    await pass(1500);
    expect(work.renewed.at(-1)).toEqual(['1']);
  });

  it('settles at once what is ready, while it can carry it, and keeps the rest taken meanwhile', async () => {
    loop.take(['1', '2', '3'].map((id) => aReadyCall(id)));
    await pass(1500);
    expect([...work.open.keys()]).toEqual(['1', '2']);
    expect(work.renewed).toEqual([['1', '2', '3']]);
    work.open.get('1')?.end();
    await pass(0);
    expect([...work.open.keys()]).toEqual(['2', '3']);
    expect(work.atOnce).toEqual(['1', '2', '3']);
  });

  it('does not ask at once for what was made ready too long ago: that is looked up first', async () => {
    loop.take(['1', '2', '3'].map((id) => aReadyCall(id)));
    await pass(3100);
    work.open.get('1')?.end();
    await pass(0);
    expect([...work.open.keys()]).toEqual(['2', '3']);
    expect(work.atOnce).toEqual(['1', '2']);
  });

  it('tells who gave it a call that it failed', async () => {
    const now = loop.settleNow(aCall('now'));
    work.open.get('now')?.fail();
    await expect(now).rejects.toThrow('no');
  });

  it('lets what it works on end before it stops, and takes nothing more', async () => {
    work.due.push(aCall('1'));
    loop.wake(0);
    await pass(0);
    const stopped = loop.stop();
    work.due.push(aCall('2'));
    loop.wake(0);
    work.open.get('1')?.end();
    await stopped;
    expect(work.settled).toEqual(['1']);
    expect(work.due).toHaveLength(1);
  });
});
