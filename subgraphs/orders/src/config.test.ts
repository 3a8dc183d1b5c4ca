import { newRecipientKey } from '@emporium/encryption/testing';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const key = newRecipientKey('2026-01');
const env = {
  ORDERS_DATABASE_URL: 'postgres://orders@localhost/emporium',
  NATS_URL: 'nats://localhost',
  REDIS_URL: 'redis://localhost',
  INTERNAL_JWKS: '{"keys":[{"kty":"OKP"}]}',
};

describe('the key that cards’ tokens are sealed with', () => {
  it('is payments’ public one', () =>
    expect(
      loadConfig({ ...env, CARD_TOKEN_PUBLIC_KEY: JSON.stringify(key.open) }).CARD_TOKEN_PUBLIC_KEY,
    ).toMatchObject({ kid: '2026-01' }));

  it.each([
    ['nothing', undefined, 'is missing: `npm run --silent secrets` prints one'],
    ['left empty', '', 'is missing: `npm run --silent secrets` prints one'],
    ['another kind of key', '{"kty":"OKP"}', 'CARD_TOKEN_PUBLIC_KEY'],
    [
      'the private one',
      JSON.stringify(key.secret),
      'must not be here: only the recipient has the private key',
    ],
  ])('is not %s', (_what, CARD_TOKEN_PUBLIC_KEY, told) =>
    expect(() => loadConfig({ ...env, CARD_TOKEN_PUBLIC_KEY })).toThrow(told),
  );
});
