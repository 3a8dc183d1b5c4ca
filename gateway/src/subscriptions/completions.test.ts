import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createCompletions } from './completions.ts';

/** Completions that a test ends one by one. */
const heldCompletions = (most: number) => {
  let waiting = 0;
  const takeTurns = createCompletions(most, {
    waitingCompletions: {
      inc: () => {
        waiting += 1;
      },
      dec: () => {
        waiting -= 1;
      },
    } as never,
  });
  const begun: string[] = [];
  const ends = new Map<string, { now(): void; badly(): void }>();
  const complete = (name: string) =>
    takeTurns(
      () =>
        new Promise<string>((resolve, reject) => {
          begun.push(name);
          ends.set(name, { now: () => resolve(name), badly: () => reject(new Error(name)) });
        }),
    );
  return { complete, begun, end: (name: string) => ends.get(name), waiting: () => waiting };
};

describe('completions', () => {
  it('begin in the order in which they came, a few at a time', async () => {
    const { complete, begun, end, waiting } = heldCompletions(2);
    const all = ['a', 'b', 'c', 'd'].map(complete);
    await turn();
    expect(begun).toEqual(['a', 'b']);
    expect(waiting()).toBe(2);
    end('b')?.now();
    expect(await all[1]).toBe('b');
    await turn();
    expect(begun).toEqual(['a', 'b', 'c']);
    end('a')?.now();
    end('c')?.now();
    await turn();
    end('d')?.now();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
    expect(waiting()).toBe(0);
  });

  it('that fail make room, too', async () => {
    const { complete, end } = heldCompletions(1);
    const bad = complete('bad');
    const good = complete('good');
    await turn();
    end('bad')?.badly();
    await expect(bad).rejects.toThrow('bad');
    await turn();
    end('good')?.now();
    expect(await good).toBe('good');
  });

  it('of one who has much to say do not keep others waiting', async () => {
    const { complete, begun, end } = heldCompletions(1);
    const talkative = (async () => {
      for (const name of ['t1', 't2', 't3']) await complete(name);
    })();
    const quiet = complete('q1');
    for (const name of ['t1', 'q1', 't2', 't3']) {
      await turn();
      end(name)?.now();
    }
    await Promise.all([talkative, quiet]);
    expect(begun).toEqual(['t1', 'q1', 't2', 't3']);
  });
});
