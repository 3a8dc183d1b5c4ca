import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

const refusal = (env: Record<string, string>): string => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return '';
};

describe('the configuration', () => {
  it('needs nothing to be said', () => {
    expect(loadConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 4000,
      SUPERGRAPH_PATH: 'schema/supergraph.graphql',
      ALLOWED_ORIGINS: ['http://localhost:4000', 'http://127.0.0.1:4000'],
      TRUST_PROXY: 0,
      INTROSPECTION: true,
      SUBGRAPH_URLS: {},
    });
  });

  it('takes what is empty for what is not said, limits too', () => {
    const { LIMIT_REQUESTS_PER_MINUTE, PORT } = loadConfig({ LIMIT_REQUESTS_PER_MINUTE: '', PORT: '' });
    expect([LIMIT_REQUESTS_PER_MINUTE > 0, PORT]).toEqual([true, 4000]);
  });

  it('hides the schema in production, unless told not to', () => {
    expect(loadConfig({ NODE_ENV: 'production' }).INTROSPECTION).toBe(false);
    expect(loadConfig({ NODE_ENV: 'production', INTROSPECTION: 'true' }).INTROSPECTION).toBe(true);
  });

  it('takes the URL of any subgraph', () => {
    const { SUBGRAPH_URLS } = loadConfig({ SUBGRAPH_URL_ORDERS: 'http://orders:4004/graphql' });
    expect(SUBGRAPH_URLS).toEqual({ ORDERS: 'http://orders:4004/graphql' });
  });

  it('takes origins separated by commas', () => {
    const { ALLOWED_ORIGINS } = loadConfig({
      ALLOWED_ORIGINS: 'https://a.test, http://b.test:81,',
    });
    expect(ALLOWED_ORIGINS).toEqual(['https://a.test', 'http://b.test:81']);
  });

  it('takes a limit of 0, which is none', () => {
    expect(loadConfig({ LIMIT_REQUESTS_PER_MINUTE: '0' }).LIMIT_REQUESTS_PER_MINUTE).toBe(0);
  });

  it('names every bad variable at once', () => {
    const message = refusal({
      PORT: 'x',
      USERS_JWKS_URL: 'nowhere',
      BREAKER_FAILURE_RATIO: '1',
      SUPERGRAPH_POLL_MS: 'often',
      INTERNAL_SIGNING_KEY: 'not json',
      ALLOWED_ORIGINS: 'https://a.test/path',
      TRUST_PROXY: '-1',
      SUBGRAPH_URL_ORDERS: 'nowhere',
      NATS_INVALIDATION_SUBJECT: 'two words',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'nowhere',
      METRICS_OPERATIONS: '0',
      PROPAGATE_HEADERS: 'x-tenant,cookie',
      LIMIT_REQUESTS_PER_MINUTE: 'many',
    });
    for (const line of [
      'PORT: must be a port',
      'USERS_JWKS_URL:',
      'BREAKER_FAILURE_RATIO:',
      'SUPERGRAPH_POLL_MS: must be a whole number',
      'INTERNAL_SIGNING_KEY: is not JSON',
      'ALLOWED_ORIGINS.0: must be origins',
      'TRUST_PROXY:',
      'SUBGRAPH_URL_ORDERS:',
      'NATS_INVALIDATION_SUBJECT: must be a NATS subject',
      'OTEL_EXPORTER_OTLP_ENDPOINT:',
      'METRICS_OPERATIONS:',
      'PROPAGATE_HEADERS.*.1: must not name cookie',
      'LIMIT_REQUESTS_PER_MINUTE: must be a whole number',
    ])
      expect(message).toContain(line);
  });

  it('wants a manifest where documents must be trusted', () => {
    const TRUSTED_DOCUMENTS_PATH = 'manifest.json';
    expect(refusal({ TRUSTED_DOCUMENTS: 'log' })).toContain('TRUSTED_DOCUMENTS_PATH: is missing');
    expect(refusal({ TRUSTED_DOCUMENTS: 'yes', TRUSTED_DOCUMENTS_PATH })).toContain('TRUSTED_DOCUMENTS:');
    expect(loadConfig({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_PATH })).toMatchObject({
      TRUSTED_DOCUMENTS_PATH,
    });
  });

  it('wants a private key', () => {
    const INTERNAL_SIGNING_KEY = '{"kty":"OKP","crv":"Ed25519","x":"x"}';
    expect(refusal({ INTERNAL_SIGNING_KEY })).toContain('must be a private key');
  });

  it('never says the key', () => {
    expect(refusal({ INTERNAL_SIGNING_KEY: '{"kty":"RSA","d":"topsecret"}' })).not.toContain('topsecret');
  });
});
