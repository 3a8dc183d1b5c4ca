import { describe, expect, it } from 'vitest';
import { createRouting, nextAfter, type Routes, readRoutes, sandboxAlone } from './provider-routing.ts';

const routesOf = (text: string): Routes => {
  const routes = readRoutes(text);
  if (typeof routes === 'string') throw new Error(routes);
  return routes;
};

describe('the way of a card', () => {
  const tokens = { stripe: ['pm_', 'vault_'], sandbox: ['tok_', 'vault_'] };
  const routing = createRouting(routesOf('GBP=stripe,sandbox; EUR=stripe; *=sandbox'), tokens);

  it.each([
    ['GBP', 'pm_card', ['stripe']],
    ['GBP', 'tok_ok', ['sandbox']],
    ['GBP', 'vault_1', ['stripe', 'sandbox']],
    ['EUR', 'tok_ok', []],
    ['EUR', 'vault_1', ['stripe']],
    ['USD', 'tok_ok', ['sandbox']],
    ['USD', 'pm_card', []],
  ])('in %s with %s leads to %j', (currency, token, names) =>
    expect(routing.ofCard(currency, token)).toEqual(names),
  );
  it('leads nowhere in a currency without a route', () => {
    const only = createRouting(routesOf('GBP=sandbox'), tokens);
    expect(only.ofCard('EUR', 'tok_ok')).toEqual([]);
    expect(only.ofPayout('EUR')).toEqual([]);
  });
  it('of a payout passes by who pays nothing out', () => {
    const both = createRouting(routesOf('*=paypal,sandbox'), { paypal: ['paypal'] });
    expect([both.ofCard('GBP', 'paypal'), both.ofPayout('GBP')]).toEqual([['paypal'], ['sandbox']]);
  });
  it('leads to the sandbox with any token where there is nobody else', () =>
    expect(sandboxAlone.ofCard('GBP', 'nonsense')).toEqual(['sandbox']));
});

it('goes to whoever takes the longest beginning', () => {
  const tokens = { stripe: ['pm_'], sandbox: ['tok_', 'pm_sandbox_'] };
  const routing = createRouting(routesOf('*=stripe,sandbox'), tokens);
  expect(routing.ofCard('GBP', 'pm_sandbox_1')).toEqual(['sandbox']);
  expect(routing.ofCard('GBP', 'pm_1')).toEqual(['stripe']);
  expect(routing.keeperOf('pm_sandbox_1')).toBe('sandbox');
});

describe('who comes next', () => {
  it('is whoever is named next', () => expect(nextAfter('stripe', ['stripe', 'sandbox'])).toBe('sandbox'));
  it('is nobody after the last', () => expect(nextAfter('sandbox', ['stripe', 'sandbox'])).toBeNull());
});

describe('routes', () => {
  it.each([
    ['GBP', /no provider ""/],
    ['gbp=sandbox', /gbp/],
    ['GBP=', /no provider ""/],
    ['GBP=bank', /no provider "bank"/],
    ['GBP=sandbox;GBP=stripe', /two routes/],
    ['GBP=stripe,stripe', /twice/],
    ['*=sandbox;', /""/],
    ['*=sandbox;GBP=paypal', /nobody of GBP pays out/],
  ])('%s is refused with what is wrong', (text, fault) => expect(readRoutes(text)).toMatch(fault));
});
