import { newDataKey, newRecipientKey } from '@emporium/encryption/testing';
import { ConfigError } from '@emporium/subgraph';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const key = newRecipientKey('2026-01');

const env = {
  PAYMENTS_DATABASE_URL: 'postgres://payments@localhost/emporium',
  NATS_URL: 'nats://localhost',
  CARD_PROVIDER_URL: 'http://localhost:4010',
  DATA_KEYS: JSON.stringify([newDataKey('first')]),
  CARD_TOKEN_KEYS: JSON.stringify([key.secret]),
  INTERNAL_JWKS: '{"keys":[{"kty":"OKP"}]}',
};

describe('the configuration', () => {
  it('has a default for all that may differ', () => {
    expect(loadConfig(env)).toMatchObject({ PORT: 4005, CARD_CONCURRENCY: 16, AUTO_RELEASE_DAYS: 7 });
  });
  it('names every variable that cannot be used', () => {
    const load = () => loadConfig({ ...env, CARD_PROVIDER_URL: 'no', AUTO_RELEASE_DAYS: '-1' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/CARD_PROVIDER_URL[\s\S]*AUTO_RELEASE_DAYS/);
  });
  it.each([
    ['nothing', undefined, /CARD_TOKEN_KEYS: is missing: `npm run --silent secrets` prints one/],
    ['none', '[]', /CARD_TOKEN_KEYS: /],
    ['orders’ half', JSON.stringify([key.open]), /CARD_TOKEN_KEYS/],
    ['one without a list', JSON.stringify(key.secret), /CARD_TOKEN_KEYS: is no JSON array of private RSA/],
  ])('wants keys for cards’ tokens, not %s', (_what, CARD_TOKEN_KEYS, told) =>
    expect(() => loadConfig({ ...env, CARD_TOKEN_KEYS })).toThrow(told),
  );
});
