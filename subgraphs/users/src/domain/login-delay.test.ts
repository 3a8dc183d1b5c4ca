import { expect, it } from 'vitest';
import { delayAfter } from './login-delay.ts';

it('grows each time the limit is met, up to the longest', () => {
  const delays = Array.from({ length: 31 }, (_, failures) =>
    delayAfter(failures, { limit: 5, longestSeconds: 900 }),
  );
  expect(delays.flatMap((delay, failures) => (delay === null ? [] : [[failures, delay]]))).toEqual([
    [5, 60],
    [10, 120],
    [15, 240],
    [20, 480],
    [25, 900],
    [30, 900],
  ]);
});
it('stays finite', () => expect(delayAfter(1_000_000, { limit: 1, longestSeconds: 900 })).toBe(900));
