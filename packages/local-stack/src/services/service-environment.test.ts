import { describe, expect, it } from 'vitest';
import { inheritedEnvironment } from './service-environment.ts';

describe('what services inherit', () => {
  it('is everything but what each must get from the stack alone', () => {
    const env = {
      PATH: '/bin',
      LOG_LEVEL: 'debug',
      REGISTRATIONS_PER_MINUTE: '600',
      DATABASE_URL: 'x',
      ORDERS_DATABASE_URL: 'x',
      NATS_URL: 'x',
      REDIS_URL: 'x',
      PORT: '1',
      HOST: 'x',
      INTERNAL_SIGNING_KEY: 'x',
      CARD_TOKEN_KEYS: 'x',
    };
    expect(inheritedEnvironment(env)).toEqual({
      PATH: '/bin',
      LOG_LEVEL: 'debug',
      REGISTRATIONS_PER_MINUTE: '600',
    });
  });
});
