import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@emporium/subgraph';
import { type TestIdentityProvider, testIdentityProvider } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deriveAttemptSecrets } from './attempt-secrets.ts';
import { openidProviders } from './openid-providers.ts';
import type { ProviderSetting } from './provider-settings.ts';

const redirectUri = 'https://shop.example.org/signed-in';
const logger = createLogger('users', 'silent');

let provider: TestIdentityProvider;
beforeAll(async () => {
  provider = await testIdentityProvider({ redirectUri });
  provider.people.set('ada', { email: 'ada@example.org', email_verified: true, name: 'Ada' });
});
afterEach(() => provider.beDown(false));
afterAll(() => provider.stop());

const open = (setting: Partial<ProviderSetting> = {}, rest: { now?: () => number } = {}) => {
  const id = { id: 'one', name: 'One', issuer: `${provider.issuer}/`, clientId: 'emporium' };
  const scopes = ['openid', 'email', 'profile'];
  const providers = [{ ...id, clientSecret: 'secret', scopes, ...setting }];
  return openidProviders({ providers, redirectUri, returnOrigins: [], logger, ...rest });
};

const secrets = deriveAttemptSecrets('binding', 'state');

/** Ada's answer to an authorization that was just asked for. */
const answerOf = async (url: string) => {
  const back = await provider.logIn(url, 'ada');
  return { code: back.searchParams.get('code') ?? '', iss: back.searchParams.get('iss') };
};

/** A server that answers everything alike. */
const answering = async (status: number, type: string, body: string) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop };
};

it('proves who somebody is', async () => {
  const one = open();
  const answer = await answerOf(await one.authorizationUrl('one', secrets));
  expect(await one.prove('one', answer, secrets)).toEqual({
    issuer: provider.issuer,
    subject: 'ada',
    verifiedEmail: 'ada@example.org',
    name: 'Ada',
  });
});

it('proves it to a client without a secret, too', async () => {
  const one = open({ clientId: 'emporium-app', clientSecret: undefined });
  const answer = await answerOf(await one.authorizationUrl('one', secrets));
  expect(await one.prove('one', answer, secrets)).toMatchObject({ subject: 'ada' });
});

describe('what a provider says of itself', () => {
  const hour = 60 * 60 * 1000;

  it('is asked for when somebody needs it, kept for an hour, and longer while nobody answers', async () => {
    let time = 0;
    provider.beDown(true);
    const one = open({}, { now: () => time });
    provider.beDown(false);
    const ask = () => one.authorizationUrl('one', secrets);
    const asked = () => provider.requests('/.well-known/openid-configuration');
    const before = asked();
    await ask();
    time = hour - 1;
    await ask();
    expect(asked()).toBe(before + 1);
    time = hour + 1;
    await ask();
    expect(asked()).toBe(before + 2);
    provider.beDown(true);
    time = 3 * hour;
    expect(await ask()).toContain(provider.issuer);
    expect(await ask()).toContain(provider.issuer);
    expect(asked()).toBe(before + 3);
    provider.beDown(false);
    time += 60_001;
    await ask();
    expect(asked()).toBe(before + 4);
  });

  it('is asked for again at once where it was never known', async () => {
    const one = open();
    provider.beDown(true);
    expect(await one.authorizationUrl('one', secrets)).toBe('unavailable');
    provider.beDown(false);
    expect(await one.authorizationUrl('one', secrets)).toContain(provider.issuer);
  });

  it.each([
    ['it is an error', 500, 'application/json', '{}'],
    ['it is no JSON', 200, 'text/html', '<html>'],
    ['it is broken', 200, 'application/json', '{'],
    ['it is of somebody else', 200, 'application/json', '{"issuer":"https://evil.example"}'],
    ['it sends elsewhere', 302, 'text/plain', ''],
  ])('is of no use where %s', async (_what, status, type, body) => {
    const { issuer, stop } = await answering(status, type, body);
    expect(await open({ issuer }).authorizationUrl('one', secrets)).toBe('unavailable');
    await stop();
  });
});

it('takes a provider that does not know us for one that is away, since nobody can mend that by trying again', async () => {
  const one = open();
  const answer = await answerOf(await one.authorizationUrl('one', secrets));
  const strangers = open({ clientSecret: 'wrong' });
  expect(await strangers.prove('one', answer, secrets)).toBe('unavailable');
});

it('knows no provider that is not configured', async () => {
  expect(await open().authorizationUrl('two', secrets)).toBe('unavailable');
  expect(await open().prove('two', { code: 'c', iss: null }, secrets)).toBe('unavailable');
});
