import { readBucket } from '@emporium/pictures/settings';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const env = {
  USERS_DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/emporium',
  NATS_URL: 'nats://u:p@127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  INTERNAL_JWKS: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"x"}]}',
  ACCESS_TOKEN_SIGNING_KEY: JSON.stringify({
    kty: 'OKP',
    crv: 'Ed25519',
    x: 'x'.repeat(43),
    d: 'd'.repeat(43),
  }),
  DATA_KEYS: JSON.stringify([{ kty: 'oct', kid: '1', k: 'k'.repeat(43) }]),
};

describe('the bucket', () => {
  const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' };
  it('is none unless named', () => {
    expect(readBucket(loadConfig(env))).toBeNull();
    expect(readBucket(loadConfig({ ...env, ...keys, S3_BUCKET: '' }))).toBeNull();
  });
  it('needs both keys', () => {
    const bucket = { ...env, ...keys, S3_BUCKET: 'pictures', S3_ENDPOINT: '' };
    expect(readBucket(loadConfig(bucket))).toEqual({
      name: 'pictures',
      region: 'us-east-1',
      endpoint: undefined,
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    });
    const half = { ...bucket, S3_SECRET_ACCESS_KEY: '' };
    expect(() => readBucket(loadConfig(half))).toThrow(/S3_SECRET_ACCESS_KEY/);
  });
});

describe('the configuration', () => {
  it('has careful limits by default', () =>
    expect(loadConfig(env)).toMatchObject({
      PORT: 4001,
      LIMIT_REGISTRATIONS_PER_MINUTE: 60,
      LIMIT_FAILED_LOGINS_PER_MINUTE: 5,
      LIMIT_FAILED_LOGINS_PER_NETWORK_PER_MINUTE: 20,
      LONGEST_LOGIN_DELAY_SECONDS: 900,
      HASHING_LONGEST_WAIT_SECONDS: 5,
      SIGN_IN_MAILS: 'any',
      COOKIE_SECURE: 'auto',
      SELLER_APPROVAL: 'manual',
    }));

  it.each(['', '[]', '{}', '[{"kty":"oct","kid":"a.b","k":"x"}]'])('takes no %s for keys of data', (keys) =>
    expect(() => loadConfig({ ...env, DATA_KEYS: keys })).toThrow(/DATA_KEYS/),
  );

  it('tells nobody whom to write to unless it names an address', () => {
    expect(loadConfig({ ...env, MAIL_SUPPORT: '' }).MAIL_SUPPORT).toBeUndefined();
    expect(loadConfig({ ...env, MAIL_SUPPORT: 'help@shop.example' })).toMatchObject({
      MAIL_SUPPORT: 'help@shop.example',
    });
    expect(() => loadConfig({ ...env, MAIL_SUPPORT: 'us' })).toThrow(/MAIL_SUPPORT/);
  });

  it('names everything that is wrong, and no secret', () => {
    const key = JSON.stringify({ kty: 'RSA', d: 'secret' });
    const load = () => loadConfig({ ...env, REDIS_URL: 'nowhere', ACCESS_TOKEN_SIGNING_KEY: key });
    expect(load).toThrow(/REDIS_URL/);
    expect(load).toThrow(/ACCESS_TOKEN_SIGNING_KEY/);
    expect(load).not.toThrow(/secret/);
  });

  it('takes keys that are published but do not sign, and leaves out what is secret of them', () => {
    const { d: _secret, ...publicKey } = JSON.parse(env.ACCESS_TOKEN_SIGNING_KEY);
    const keys = `[${env.ACCESS_TOKEN_SIGNING_KEY}]`;
    expect(
      loadConfig({ ...env, ACCESS_TOKEN_NEXT_KEYS: keys, ACCESS_TOKEN_PREVIOUS_KEYS: '' }),
    ).toMatchObject({ ACCESS_TOKEN_NEXT_KEYS: [publicKey], ACCESS_TOKEN_PREVIOUS_KEYS: [] });
    expect(
      JSON.stringify(loadConfig({ ...env, ACCESS_TOKEN_NEXT_KEYS: keys }).ACCESS_TOKEN_NEXT_KEYS),
    ).not.toContain('"d"');
    for (const wrong of ['{}', 'x', '[{"kty":"RSA"}]'])
      expect(() => loadConfig({ ...env, ACCESS_TOKEN_NEXT_KEYS: wrong })).toThrow(/ACCESS_TOKEN_NEXT_KEYS/);
  });
});

describe('the configuration of sign-in with providers', () => {
  const provider = { id: 'one', name: 'One', issuer: 'https://id.example', clientId: 'emporium' };
  const load = (providers: unknown, more: Record<string, string> = {}) =>
    loadConfig({
      ...env,
      OIDC_PROVIDERS: JSON.stringify(providers),
      OIDC_REDIRECT_URI: 'https://shop.example.org/signed-in',
      ...more,
    });

  it('may be missing or empty', () => {
    const none = { OIDC_PROVIDERS: [], OIDC_REDIRECT_URI: null, SIGN_IN_RETURN_ORIGINS: [] };
    expect(loadConfig(env)).toMatchObject(none);
    const empty = { OIDC_PROVIDERS: '', OIDC_REDIRECT_URI: '', SIGN_IN_RETURN_ORIGINS: '' };
    expect(loadConfig({ ...env, ...empty })).toMatchObject(none);
  });

  it('names providers, and asks them for an address and a name', () =>
    expect(load([provider], { SIGN_IN_RETURN_ORIGINS: 'https://admin.example.org' })).toMatchObject({
      OIDC_PROVIDERS: [
        { ...provider, issuer: 'https://id.example/', scopes: ['openid', 'email', 'profile'] },
      ],
      SIGN_IN_RETURN_ORIGINS: ['https://admin.example.org'],
    }));

  it('lets an issuer go without TLS on loopback, and never in production', () => {
    const local = { ...provider, issuer: 'http://127.0.0.1:4444' };
    expect(load([local], { NODE_ENV: 'development' }).OIDC_PROVIDERS).toHaveLength(1);
    expect(() => load([local])).toThrow(/OIDC_PROVIDERS/);
    expect(() => load([local], { NODE_ENV: 'production' })).toThrow(/OIDC_PROVIDERS/);
  });

  it.each([
    ['is no list', provider],
    ['lacks a client', [{ ...provider, clientId: '' }]],
    ['goes without TLS', [{ ...provider, issuer: 'http://id.example' }]],
    ['only looks like loopback', [{ ...provider, issuer: 'http://127.0.0.1.evil.example' }]],
    ['names an id twice', [provider, { ...provider, issuer: 'https://other.example' }]],
    ['names an issuer twice', [provider, { ...provider, id: 'two', issuer: 'https://ID.example/' }]],
    ['has an id with capitals', [{ ...provider, id: 'One' }]],
    ['does not ask for OpenID', [{ ...provider, scopes: ['email'] }]],
    ['has a word that nobody knows', [{ ...provider, redirectUri: 'https://evil.example' }]],
  ])('is refused where it %s', (_what, providers) =>
    expect(() => load(providers, { NODE_ENV: 'development' })).toThrow(/OIDC_PROVIDERS/),
  );

  it('is refused without a page to come back to, and with what is no origin', () => {
    expect(() => load([provider], { OIDC_REDIRECT_URI: '' })).toThrow(/OIDC_REDIRECT_URI/);
    expect(() => load([provider], { OIDC_REDIRECT_URI: 'http://shop.example.org/' })).toThrow(
      /OIDC_REDIRECT_URI/,
    );
    for (const origins of ['https://a.example/', 'a.example', 'null', '*', 'javascript:x'])
      expect(() => load([provider], { SIGN_IN_RETURN_ORIGINS: origins })).toThrow(/SIGN_IN_RETURN_ORIGINS/);
  });

  it('tells no secret when it is wrong', () => {
    const wrong = [{ ...provider, id: 'One', clientSecret: 'hush' }];
    expect(() => load(wrong)).not.toThrow(/hush/);
  });
});
