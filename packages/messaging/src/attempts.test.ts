import { describe, expect, it } from 'vitest';
import { createAttempts } from './attempts.ts';

describe('attempts', () => {
  it('are counted per message, until it is done', () => {
    const attempts = createAttempts();
    expect([attempts.add('a'), attempts.add('a'), attempts.add('b')]).toEqual([1, 2, 1]);
    attempts.forget('a');
    expect(attempts.of('a')).toBe(0);
  });
  it('are bounded: the oldest are forgotten', () => {
    const attempts = createAttempts(2);
    for (const message of ['a', 'b', 'c']) attempts.add(message);
    expect(['a', 'b', 'c'].map(attempts.of)).toEqual([0, 1, 1]);
  });
});
