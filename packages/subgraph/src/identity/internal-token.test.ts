import { testKey } from '@emporium/testing';
import { SignJWT } from 'jose';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTokenVerifier, type VerifyInternalToken } from './internal-token.ts';

type Changes = {
  issuer?: string;
  audience?: string;
  expires?: number;
  claims?: Record<string, unknown>;
  subject?: string;
};

const now = () => Math.floor(Date.now() / 1000);

const key = testKey('ours');
const stranger = testKey('ours');
let verify: VerifyInternalToken;
beforeAll(() => {
  verify = createTokenVerifier({ keys: [key.open] }, 'orders');
});

afterEach(() => vi.useRealTimers());

const sign = (changes: Changes = {}, by = key) => {
  const { issuer = 'emporium-gateway', audience = 'orders', expires = now() + 60, claims = {} } = changes;
  const token = new SignJWT({ roles: ['BUYER'], addr: '203.0.113.7', ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'ours' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(expires);
  return (changes.subject === undefined ? token : token.setSubject(changes.subject)).sign(by.secret);
};

describe("the gateway's token", () => {
  it('says who asks, in which roles and from where', async () => {
    const token = await sign({ subject: 'ada', claims: { roles: ['BUYER', 'SELLER'] } });
    expect(await verify(`Bearer ${token}`)).toEqual({
      id: 'ada',
      roles: ['BUYER', 'SELLER'],
      address: '203.0.113.7',
    });
  });

  it('says of the session when and how its owner proved who they are', async () => {
    const claims = { sid: 's1', auth_time: 1_700_000_000, amr: ['pwd', 'otp'] };
    expect(await verify(await sign({ subject: 'ada', claims }))).toMatchObject({
      session: {
        id: 's1',
        authenticatedAt: 1_700_000_000,
        methods: ['pwd', 'otp'],
        hasSecondFactor: false,
      },
    });
    const more = { ...claims, second_factor: true };
    expect(await verify(await sign({ subject: 'ada', claims: more }))).toMatchObject({
      session: { hasSecondFactor: true },
    });
  });

  it('says so without the word Bearer too, as over WebSocket', async () =>
    expect(await verify(await sign({ subject: 'ada' }))).toMatchObject({ id: 'ada' }));

  it('speaks for somebody who is not signed in', async () => {
    const token = await sign({ claims: { roles: undefined, addr: undefined } });
    expect(await verify(token)).toEqual({ id: null, roles: [], address: null });
  });

  it.each<[string, Changes]>([
    ['for another subgraph', { audience: 'payments' }],
    ['of another issuer', { issuer: 'emporium-users' }],
    ['that has expired', { expires: now() - 1 }],
    ['with a role that nobody knows', { claims: { roles: ['ROOT'] } }],
    ['for an empty name', { subject: '' }],
  ])('%s is not believed', async (_what, changes) => {
    expect(await verify(await sign({ subject: 'ada', ...changes }))).toBeNull();
  });

  it('signed by another key is not believed', async () =>
    expect(await verify(await sign({ subject: 'ada' }, stranger))).toBeNull());

  it('that never expires is not believed', async () => {
    const token = await new SignJWT({ roles: [] })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'ours' })
      .setIssuer('emporium-gateway')
      .setAudience('orders')
      .sign(key.secret);
    expect(await verify(token)).toBeNull();
  });

  it('changed on the way is not believed', async () => {
    const [header, payload, signature] = (await sign({ subject: 'ada' })).split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, roles: ['ADMIN'] })).toString('base64url');
    expect(await verify(`${header}.${forged}.${signature}`)).toBeNull();
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await verify(`${none}.${payload}.`)).toBeNull();
    const symmetric = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'ours' })
      .sign(new TextEncoder().encode(key.open.x ?? ''));
    expect(await verify(symmetric)).toBeNull();
  });

  it.each<[string, object]>([
    ['brings its key', { jwk: 'theirs' }],
    ['says where its key is', { jku: 'http://127.0.0.1:1/jwks' }],
    ['says where its certificate is', { x5u: 'http://127.0.0.1:1/jwks' }],
  ])('of a stranger that %s is not believed', async (_what, header) => {
    const token = await new SignJWT({ sub: 'ada', roles: ['ADMIN'] })
      .setProtectedHeader({
        alg: 'EdDSA',
        kid: 'ours',
        ...header,
        ...('jwk' in header ? { jwk: stranger.open } : {}),
      })
      .setIssuer('emporium-gateway')
      .setAudience('orders')
      .setExpirationTime('60s')
      .sign(stranger.secret);
    expect(await verify(token)).toBeNull();
  });

  it.each([
    undefined,
    '',
    'x'.repeat(100_000),
    `a.${'b'.repeat(100_000)}.c`,
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'a.b.c',
    '...',
    'Bearer null',
  ])('is not %j', async (header) => expect(await verify(header)).toBeNull());

  it('is believed until it expires, and not a moment longer, though it was seen before', async () => {
    const expires = now() + 30;
    const token = await sign({ subject: 'ada', expires });
    expect(await verify(token)).not.toBeNull();
    vi.useFakeTimers({ now: expires * 1000 - 1, toFake: ['Date'] });
    expect(await verify(token)).not.toBeNull();
    vi.setSystemTime(expires * 1000);
    expect(await verify(token)).toBeNull();
  });
});
