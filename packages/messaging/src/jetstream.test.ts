import { describe, expect, it } from 'vitest';
import { connectionOptions } from './jetstream.ts';

describe('a NATS URL', () => {
  it('carries user and password, percent-encoded', () => {
    expect(connectionOptions('nats://orders:p%40ss@localhost:4222', 'orders')).toMatchObject({
      servers: ['localhost:4222'],
      user: 'orders',
      pass: 'p@ss',
      name: 'orders',
    });
  });
  it('may carry a token, or nothing', () => {
    expect(connectionOptions('nats://s3cret@h:1', 'x')).toMatchObject({ token: 's3cret' });
    expect(connectionOptions('nats://h:1', 'x')).not.toHaveProperty('user');
  });
  it('may be several, of one cluster', () => {
    expect(connectionOptions('nats://a:b@h1:1, nats://a:b@h2:2', 'x').servers).toEqual(['h1:1', 'h2:2']);
  });
  it('may ask for TLS', () => {
    expect(connectionOptions('tls://h:1', 'x')).toHaveProperty('tls');
  });
});
