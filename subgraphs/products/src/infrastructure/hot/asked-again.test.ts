import { beforeEach, describe, expect, it } from 'vitest';
import { askedAgain } from './asked-again.ts';
import type { ReadMany } from './kept.ts';

let reads: string[];
beforeEach(() => {
  reads = [];
});
const by =
  (how: string): ReadMany<string> =>
  async (keys) => {
    reads.push(`${how} ${keys.join()}`);
    return new Map(keys.map((key) => [key, `${key} by ${how}`]));
  };

describe('what is asked for', () => {
  it('is read in another way from the second time on', async () => {
    const read = askedAgain(by('first'), by('again'), 10);
    await read(['a']);
    expect(await read(['a', 'b'])).toEqual(
      new Map([
        ['b', 'b by first'],
        ['a', 'a by again'],
      ]),
    );
    await read(['b', 'a']);
    expect(reads).toEqual(['first a', 'first b', 'again a', 'again b,a']);
  });

  it('is new again once many others were asked for', async () => {
    const read = askedAgain(by('first'), by('again'), 2);
    for (const key of ['a', 'b', 'c', 'a']) await read([key]);
    expect(reads).toEqual(['first a', 'first b', 'first c', 'first a']);
  });
});
