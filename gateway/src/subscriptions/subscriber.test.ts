import { describe, expect, it } from 'vitest';
import { type Listener, openSubscriber } from './subscriber.ts';

/** An upstream that a test plays, and who joined it where. */
const upstream = () => {
  const joined: { listener: Listener<string>; after: unknown; left: boolean }[] = [];
  const latest = () => {
    const last = joined.at(-1);
    if (!last) throw new Error('nobody joined');
    return last;
  };
  return {
    joined,
    latest,
    join: (listener: Listener<string>, after?: unknown) => {
      const one = { listener, after, left: false };
      joined.push(one);
      return () => {
        one.left = true;
      };
    },
    say: (...texts: string[]) => {
      for (const text of texts)
        latest().listener.deliver({ result: Promise.resolve(text), position: Number(text) });
    },
  };
};

const read = async (subscriber: AsyncIterator<string>, count: number): Promise<unknown[]> => {
  const values: unknown[] = [];
  for (let index = 0; index < count; index++) values.push((await subscriber.next()).value);
  return values;
};

describe('a subscriber', () => {
  it('reads what comes, waiting or waited for, and then the end', async () => {
    const { join, say, latest } = upstream();
    const subscriber = openSubscriber({ join, maxWaiting: 10, resumes: true });
    const first = subscriber.next();
    say('1', '2');
    expect((await first).value).toBe('1');
    latest().listener.end();
    expect(await subscriber.next()).toEqual({ done: false, value: '2' });
    expect(await subscriber.next()).toEqual({ done: true, value: undefined });
  });

  it('that is slow leaves, and goes on after the last it was given when it has read all', async () => {
    const { join, say, joined } = upstream();
    const outcomes: string[] = [];
    const subscriber = openSubscriber({
      join,
      maxWaiting: 3,
      resumes: true,
      onBehind: (outcome) => outcomes.push(outcome),
    });
    say('1', '2', '3');
    expect(joined[0]?.left).toBe(true);
    say('4');
    expect(await read(subscriber, 2)).toEqual(['1', '2']);
    expect(joined).toHaveLength(1);
    expect(await read(subscriber, 1)).toEqual(['3']);
    expect(joined[1]?.after).toBe(3);
    say('4', '5');
    expect(await read(subscriber, 2)).toEqual(['4', '5']);
    expect(outcomes).toEqual(['resumes']);
  });

  it('that is slow is ended where nothing could be taken up again', async () => {
    const { join, say, joined } = upstream();
    const outcomes: string[] = [];
    const subscriber = openSubscriber({
      join,
      maxWaiting: 2,
      resumes: false,
      onBehind: (outcome) => outcomes.push(outcome),
      onEnd: () => outcomes.push('ended'),
    });
    say('1', '2');
    expect(outcomes).toEqual(['dropped', 'ended']);
    expect(joined[0]?.left).toBe(true);
    expect((await subscriber.next()).done).toBe(true);
  });

  it('that leaves stops a read that waits, and leaves once', async () => {
    const { join, joined } = upstream();
    let ends = 0;
    const subscriber = openSubscriber({
      join,
      maxWaiting: 2,
      resumes: false,
      onEnd: () => {
        ends += 1;
      },
    });
    const pending = subscriber.next();
    await subscriber.return?.();
    await subscriber.return?.();
    expect((await pending).done).toBe(true);
    expect(joined[0]?.left).toBe(true);
    expect(ends).toBe(1);
  });
});
