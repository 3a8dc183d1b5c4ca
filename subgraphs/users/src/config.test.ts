import { describe, expect, it } from 'vitest';
import { loadConfig, readBucket } from './config.ts';

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
      COOKIE_SECURE: 'auto',
      SELLER_APPROVAL: 'manual',
    }));

  it.each(['', '[]', '{}', '[{"kty":"oct","kid":"a.b","k":"x"}]'])('takes no %s for keys of data', (keys) =>
    expect(() => loadConfig({ ...env, DATA_KEYS: keys })).toThrow(/DATA_KEYS/),
  );

  it('names everything that is wrong, and no secret', () => {
    const key = JSON.stringify({ kty: 'RSA', d: 'secret' });
    const load = () => loadConfig({ ...env, REDIS_URL: 'nowhere', ACCESS_TOKEN_SIGNING_KEY: key });
    expect(load).toThrow(/REDIS_URL/);
    expect(load).toThrow(/ACCESS_TOKEN_SIGNING_KEY/);
    expect(load).not.toThrow(/secret/);
  });
});
