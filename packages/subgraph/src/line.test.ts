import { expect, it } from 'vitest';
import { createLine } from './line.ts';

/** Work that ends when it is told to, and says how much of it runs at once. */
const bench = (longestWaitSeconds = 1) => {
  const ends: (() => void)[] = [];
  const ran: string[] = [];
  const line = createLine({
    width: 2,
    firstGuessMs: 100,
    longestWaitSeconds,
  });
  const enter = (name: string) =>
    line(async () => {
      ran.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      return name;
    });
  return { line, ran, enter, endNext: () => ends.shift()?.() };
};

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

it('lets no more run at once than it is wide, and the next in when one ends', async () => {
  const { ran, enter, endNext } = bench();
  const all = ['a', 'b', 'c'].map(enter);
  await settle();
  expect(ran).toEqual(['a', 'b']);
  endNext();
  await settle();
  expect(ran).toEqual(['a', 'b', 'c']);
  endNext();
  endNext();
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
});

it('turns away at once whoever would wait too long, and nobody else', async () => {
  const { enter, endNext } = bench(0.1);
  const served = ['a', 'b', 'c', 'd'].map(enter);
  await expect(enter('e')).rejects.toMatchObject({ extensions: { code: 'BUSY', retryAfter: 1 } });
  for (const _ of served) {
    endNext();
    await settle();
  }
  expect(await Promise.all(served)).toEqual(['a', 'b', 'c', 'd']);
});

it('goes on after work that fails', async () => {
  const { line } = bench();
  await expect(line(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await line(async () => 'next')).toBe('next');
});
