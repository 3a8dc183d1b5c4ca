import { describe, expect, it } from 'vitest';
import { answerKey } from './answer-key.ts';
import type { Caching } from './caching.ts';

const caching = (scope: Caching['scope'] = 'PRIVATE', id = 'op'): Caching => ({
  id,
  scope,
  variables: ['filter', 'n'],
  maxAge: 60,
  types: [],
  tags: [],
  dependenciesOf: () => [],
});
const ada = { id: 'ada', roles: ['BUYER', 'SELLER'], address: '10.0.0.1' };
const key = (variables: object, viewer = ada, of = caching(), propagated = {}) =>
  answerKey(of, variables as never, { viewer, propagated });

describe('answers are kept under one key', () => {
  it.each([
    ['variables in another order', { n: 1, filter: { a: 1, b: 2 } }, { filter: { b: 2, a: 1 }, n: 1 }],
    ['variables that the operation does not have', { n: 1 }, { n: 1, other: 2 }],
    ['variables that are absent', { n: 1, filter: undefined }, { n: 1 }],
  ])('for %s', (_what, a, b) => expect(key(a)).toBe(key(b)));

  it('for one viewer at several addresses, with the same roles', () =>
    expect(key({}, { ...ada, address: '10.0.0.2', roles: ['SELLER', 'BUYER'] })).toBe(key({})));

  it('for everybody, where they are PUBLIC', () =>
    expect(key({}, { ...ada, id: 'bob' }, caching('PUBLIC'))).toBe(key({}, ada, caching('PUBLIC'))));
});

describe('answers are kept apart', () => {
  it.each([
    ['other variables', { n: 1 }, { n: 2 }],
    ['null and absent', { n: null }, {}],
    ['a number and a text', { n: 1 }, { n: '1' }],
    ['values that look alike', { n: ['a,b'] }, { n: ['a', 'b'] }],
    ['lists in another order', { n: [1, 2] }, { n: [2, 1] }],
  ])('for %s', (_what, a, b) => expect(key(a)).not.toBe(key(b)));

  it.each([
    ['another viewer', { ...ada, id: 'bob' }],
    ['other roles', { ...ada, roles: ['BUYER'] }],
    ['nobody', { ...ada, id: null }],
  ])('for %s', (_what, viewer) => expect(key({}, viewer as typeof ada)).not.toBe(key({})));

  it('for another operation', () => expect(key({}, ada, caching('PRIVATE', 'other'))).not.toBe(key({})));
});

it('answers are kept apart for clients of whom subgraphs are told different things', () => {
  const of = caching('PUBLIC');
  expect(key({}, ada, of, { 'accept-language': 'de' })).not.toBe(
    key({}, ada, of, { 'accept-language': 'fr' }),
  );
});
