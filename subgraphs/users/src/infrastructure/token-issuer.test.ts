import { asId, asInstant } from '@emporium/domain';
import { testKey } from '@emporium/testing';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../domain/email.ts';
import { createTokenIssuer, type SigningKey } from './token-issuer.ts';

const ada = {
  id: asId<'User'>('ada'),
  email: normaliseEmail('ada@example.org'),
  name: 'Ada',
  roles: ['BUYER'],
  emailVerified: true,
  state: 'ACTIVE',
} as const;
const at = asInstant(new Date().toISOString());
const session = {
  id: asId<'Session'>('session'),
  authenticatedAt: at,
  methods: ['pwd'],
  hasSecondFactor: false,
};

const old = testKey('old').secret as SigningKey;
const young = { ...testKey().secret, kid: undefined } as SigningKey;

/** The steps of changing keys, as the README tells them. */
const steps = async () => {
  return Promise.all([
    createTokenIssuer(old),
    createTokenIssuer(old, [young]),
    createTokenIssuer(young, [old]),
    createTokenIssuer(young),
  ]);
};

describe('changing the key of access tokens', () => {
  it('leaves every token good for those who know the keys of the step before, or of the step after', async () => {
    const issuers = await steps();
    for (const [step, issuer] of issuers.entries()) {
      const { text } = await issuer.issue(ada, session, at);
      for (const { publicKeys } of issuers.slice(Math.max(0, step - 1), step + 2)) {
        const { payload } = await jwtVerify(text, createLocalJWKSet(publicKeys));
        expect(payload.sub).toBe('ada');
      }
    }
  });

  it('publishes nothing secret, and each key once', async () => {
    const issuers = await steps();
    expect(JSON.stringify(issuers.map(({ publicKeys }) => publicKeys))).not.toContain('"d"');
    expect(issuers.map(({ publicKeys }) => publicKeys.keys.length)).toEqual([1, 2, 2, 1]);
    expect((await createTokenIssuer(old, [old])).publicKeys.keys).toHaveLength(1);
  });

  it('is a mistake with two keys of one id', async () => {
    const impostor = testKey('old').secret as SigningKey;
    await expect(createTokenIssuer(old, [impostor])).rejects.toThrow('have the id old');
  });
});

describe('an access token', () => {
  it('is dated to the millisecond', async () => {
    const [issuer] = await steps();
    const moment = asInstant('2026-01-31T00:00:00.123Z');
    const token = await issuer?.issue(ada, session, moment);
    const { iat, exp } = JSON.parse(Buffer.from(token?.text.split('.')[1] ?? '', 'base64url').toString());
    expect([Math.round(iat * 1000), exp - iat]).toEqual([Date.parse(moment), 600]);
    expect(token?.expiresAt).toBe('2026-01-31T00:10:00.123Z');
  });
});
