import { describe, expect, it } from 'vitest';
import { headerRules } from './header-rules.ts';
import { createPropagation } from './propagation.ts';

describe('rules of headers', () => {
  it.each([
    [undefined, { '*': [] }],
    ['accept-language, X-Tenant', { '*': ['accept-language', 'x-tenant'] }],
    [
      '{"*":["accept-language"],"accounts":["X-Tenant"]}',
      { '*': ['accept-language'], accounts: ['x-tenant'] },
    ],
  ])('are read from %s', (text, rules) => expect(headerRules.parse(text)).toEqual(rules));

  it.each([
    ['{', 'is not JSON'],
    ['{"accounts":"x-tenant"}', 'array'],
    ['two words', 'names of headers'],
    ['Authorization', 'must not name authorization'],
    ['x-tenant,cookie', 'must not name cookie'],
    ['x-forwarded-for', 'must not name x-forwarded-for'],
    ['{"accounts":["content-length"]}', 'must not name content-length'],
  ])('are not %s', (text, reason) => {
    expect(headerRules.safeParse(text).error?.issues[0]?.message).toContain(reason);
  });
});

it('each subgraph gets what is for all, and what is for it', () => {
  const propagation = createPropagation({ '*': ['accept-language'], accounts: ['x-tenant'] });
  const read = propagation.read({ 'x-tenant': 't1', 'accept-language': 'de', 'x-other': '1' });
  expect(read).toEqual({ 'accept-language': 'de', 'x-tenant': 't1' });
  expect(propagation.toSubgraph('accounts')(read)).toEqual(read);
  expect(propagation.toSubgraph('parcels')(read)).toEqual({ 'accept-language': 'de' });
  expect(propagation.named).toEqual(['accounts']);
});
