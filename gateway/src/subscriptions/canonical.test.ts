import { expect, it } from 'vitest';
import { canonical } from './canonical.ts';

it('the order of keys makes no difference, the order of lists does', () => {
  expect(canonical({ a: 1, b: { d: [1, 2], c: null } })).toBe(
    canonical({ b: { c: null, d: [1, 2] }, a: 1 }),
  );
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }));
});
