import { expect, it } from 'vitest';
import { refuseDeepVariables } from './variable-depth.ts';

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`);

it('lets through what people send', () => {
  expect(refuseDeepVariables({})).toBeNull();
  expect(refuseDeepVariables({ id: null, input: { lines: [{ id: 'a' }, { id: 'b' }] } })).toBeNull();
  expect(refuseDeepVariables({ value: nested(63) })).toBeNull();
});

it('refuses what nests too deep, wherever', () => {
  expect(refuseDeepVariables({ value: nested(64) })?.extensions.code).toBe('BAD_USER_INPUT');
  expect(refuseDeepVariables({ a: [1, { b: nested(100_000) }] })).not.toBeNull();
});
