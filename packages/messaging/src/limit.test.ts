import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLimit } from './limit.ts';

describe('a limit', () => {
  it('lets so many run at a time, in the order in which they came', async () => {
    const limit = createLimit(3);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const work = async (number: number) => {
      begun.push(number);
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
      return number;
    };
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    expect(await Promise.all(numbers.map((number) => limit(() => work(number))))).toEqual(numbers);
    expect(most).toBe(3);
    expect(begun).toEqual(numbers);
  });

  it('is not used up by what fails', async () => {
    const limit = createLimit(1);
    const failing = () => limit(() => Promise.reject(new Error('no')));
    await expect(failing()).rejects.toThrow('no');
    await expect(failing()).rejects.toThrow('no');
    expect(await limit(async () => 'yes')).toBe('yes');
  });
});
