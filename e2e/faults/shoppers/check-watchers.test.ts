import { describe, expect, it } from 'vitest';
import { findMistold } from './check-watchers.ts';

const row = { order_id: 'o', status: 'CONFIRMED', history: ['PENDING', 'RESERVED', 'CONFIRMED'] };
const told = (...shown: [sequence: number, status: string][]) =>
  findMistold(
    [row],
    [{ orderId: 'o', shown: shown.map(([sequence, status]) => ({ sequence, status })) }],
  ).map(({ rule }) => rule);

describe('a watcher', () => {
  it('saw it all', () => expect(told([1, 'PENDING'], [2, 'RESERVED'], [3, 'CONFIRMED'])).toEqual([]));
  it('began late', () => expect(told([3, 'CONFIRMED'])).toEqual([]));

  it('who knows an order that is not there is found', () =>
    expect(findMistold([], [{ orderId: 'o', shown: [] }]).map(({ rule }) => rule)).toEqual([
      'an order that a client was told of exists',
    ]));
  it('who was not told the end is found', () =>
    expect(told([1, 'PENDING'])).toEqual(['a subscriber’s last state is the database’s']));
  it('who was told the same twice is found', () =>
    expect(told([2, 'RESERVED'], [2, 'RESERVED'], [3, 'CONFIRMED'])).toContain(
      'a subscriber is told each change once, in order',
    ));
  it('who was told what never was is found', () =>
    expect(told([1, 'PENDING'], [2, 'FAILED'], [3, 'CONFIRMED'])).toEqual([
      'a subscriber is told nothing that did not happen',
    ]));
});
