import { expect, it } from 'vitest';
import { isPartOf } from './is-part-of.ts';

const actual = { order: { buyer: { name: 'Ada', email: 'a' }, payment: null, lines: [{ quantity: 1 }] } };

it.each<[boolean, unknown]>([
  [true, { order: { buyer: { name: 'Ada' }, payment: null } }],
  [true, { order: { lines: [{}] } }],
  [false, { order: { buyer: { name: 'Bob' } } }],
  [false, { order: { buyer: null } }],
  [false, { order: { payment: { status: 'CAPTURED' } } }],
  [false, { order: { lines: [] } }],
  [false, { me: {} }],
  [false, null],
])('tells %s of %j', (isPart, expected) => expect(isPartOf(expected, actual)).toBe(isPart));
