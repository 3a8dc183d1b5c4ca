import { describe, expect, it } from 'vitest';
import { createTurnsPerKey } from './turns.ts';

/** Work that ends when it is told to, and says how much of it runs at once. */
const bench = () => {
  const ends: (() => void)[] = [];
  const ran: string[] = [];
  const work = (name: string) => async () => {
    ran.push(name);
    await new Promise<void>((resolve) => ends.push(resolve));
    return name;
  };
  return { ran, work, endNext: () => ends.shift()?.() };
};

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('turns per key', () => {
  it('runs one after another what shares a key, and nothing else', async () => {
    const { ran, work, endNext } = bench();
    const turns = createTurnsPerKey();
    const all = [turns('k', work('first')), turns('k', work('second')), turns('other', work('other'))];
    await settle();
    expect(ran).toEqual(['first', 'other']);
    endNext();
    await settle();
    expect(ran).toEqual(['first', 'other', 'second']);
    endNext();
    endNext();
    await Promise.all(all);
  });

  it('runs as many at a time as it is wide', async () => {
    const { ran, work, endNext } = bench();
    const turns = createTurnsPerKey(2);
    const all = ['first', 'second', 'third', 'fourth'].map((name) => turns('k', work(name)));
    await settle();
    expect(ran).toEqual(['first', 'second']);
    endNext();
    await settle();
    expect(ran).toEqual(['first', 'second', 'third']);
    for (const _ of [1, 2, 3]) {
      endNext();
      await settle();
    }
    expect(await Promise.all(all)).toEqual(ran);
  });

  it('goes on after work that fails', async () => {
    const turns = createTurnsPerKey();
    const broken = turns('k', () => Promise.reject(new Error('broken')));
    const next = turns('k', async () => 'next');
    await expect(broken).rejects.toThrow('broken');
    expect(await next).toBe('next');
  });
});
