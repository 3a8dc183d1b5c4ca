import { testKey } from '@emporium/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { createInternalTokens } from './internal-tokens.ts';

const ada = { id: 'ada', roles: ['BUYER'], address: '1.2.3.4' };
let now: number;
let mint: ReturnType<typeof createInternalTokens>;
beforeEach(() => {
  now = 1_700_000_000_000;
  mint = createInternalTokens(testKey('k1').secret, () => now);
});

describe('an internal token', () => {
  it('says to one subgraph, for a minute, who asks', async () => {
    const token = await mint('orders', ada);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: 'k1' });
    expect(decodeJwt(token)).toEqual({
      iss: 'emporium-gateway',
      aud: 'orders',
      sub: 'ada',
      roles: ['BUYER'],
      addr: '1.2.3.4',
      iat: 1_700_000_000,
      exp: 1_700_000_060,
    });
  });

  it('says of the session what the access token said', async () => {
    const session = { sid: 's1', auth_time: 1_699_999_000, amr: ['pwd', 'otp'], second_factor: true };
    const token = await mint('orders', { ...ada, session });
    expect(decodeJwt(token)).toMatchObject(session);
    expect(await mint('orders', { ...ada, session: { ...session, auth_time: 1 } })).not.toBe(token);
  });

  it('names nobody for an anonymous viewer, and for the gateway itself', async () => {
    const anonymous = await mint('orders', { id: null, roles: [], address: '1.2.3.4' });
    expect(decodeJwt(anonymous)).not.toHaveProperty('sub');
    expect(decodeJwt(await mint('orders'))).not.toHaveProperty('addr');
  });

  it('is used again for half of its life, by the same viewer at the same subgraph', async () => {
    const first = await mint('orders', ada);
    now += 29_999;
    expect(await mint('orders', { ...ada })).toBe(first);
    expect(await mint('users', ada)).not.toBe(first);
    expect(await mint('orders', { ...ada, roles: [] })).not.toBe(first);
    expect(await mint('orders', { ...ada, address: '5.6.7.8' })).not.toBe(first);
    now += 1;
    expect(decodeJwt(await mint('orders', ada)).exp).toBe(1_700_000_090);
  });
});
