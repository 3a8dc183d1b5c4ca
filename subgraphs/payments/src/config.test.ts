import { newDataKey } from '@emporium/encryption/testing';
import { ConfigError } from '@emporium/subgraph';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const env = {
  PAYMENTS_DATABASE_URL: 'postgres://payments@localhost/emporium',
  NATS_URL: 'nats://localhost',
  CARD_PROVIDER_URL: 'http://localhost:4010',
  DATA_KEYS: JSON.stringify([newDataKey('first')]),
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
});
