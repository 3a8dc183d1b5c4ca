import { expect, it } from 'vitest';
import { gather, gatherAll } from './gather.ts';

it('asks once for what is asked for at the same moment, and again for what comes later', async () => {
  const asked: (readonly number[])[] = [];
  const double = gather(async (keys: readonly number[]) => {
    asked.push(keys);
    return keys.map((key) => 2 * key);
  });
  const twice = async (key: number) => double(await double(key));
  expect(await Promise.all([twice(1), twice(2), twice(1)])).toEqual([4, 8, 4]);
  expect(await double(1)).toBe(2);
  expect(asked).toEqual([[1, 2, 1], [2, 4, 2], [1]]);
});

it('fails everybody whose question failed, and nobody else', async () => {
  const refuse = gatherAll(async (keys: readonly number[]) => {
    if (keys.includes(0)) throw new RangeError('0 is too few');
  });
  const outcomes = await Promise.allSettled([refuse(1), refuse(0)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(refuse(1)).resolves.toBeUndefined();
});
