import { describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';

describe('eventually', () => {
  it('answers as soon as the assertion holds', async () => {
    let looks = 0;
    const look = () => {
      looks += 1;
      if (looks < 3) throw new Error('too early');
      return looks;
    };
    expect(await eventually(look, { every: 1 })).toBe(3);
  });
  it('fails as the assertion last failed', async () => {
    const look = () => {
      throw new Error('never');
    };
    await expect(eventually(look, { timeout: 5, every: 1 })).rejects.toThrow('Not within 5 ms: never');
  });
  it('takes false for not yet', async () => {
    await expect(eventually(() => false, { timeout: 5, every: 1 })).rejects.toThrow('stayed false');
  });
});
