import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTokenVerifier, type VerifyInternalToken } from './internal-token.ts';

type Changes = {
  issuer?: string;
  audience?: string;
  expires?: number;
  claims?: Record<string, unknown>;
  subject?: string;
};

const newKey = async (kid: string) => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid } };
};

const now = () => Math.floor(Date.now() / 1000);

let key: Awaited<ReturnType<typeof newKey>>;
let stranger: Awaited<ReturnType<typeof newKey>>;
let verify: VerifyInternalToken;
beforeAll(async () => {
  [key, stranger] = await Promise.all([newKey('ours'), newKey('ours')]);
  verify = createTokenVerifier({ keys: [key.jwk] }, 'orders');
});

afterEach(() => vi.useRealTimers());

const sign = (changes: Changes = {}, by = key) => {
  const { issuer = 'emporium-gateway', audience = 'orders', expires = now() + 60, claims = {} } = changes;
  const token = new SignJWT({ roles: ['BUYER'], addr: '203.0.113.7', ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'ours' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(expires);
  return (changes.subject === undefined ? token : token.setSubject(changes.subject)).sign(by.privateKey);
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
      .sign(key.privateKey);
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
      .sign(new TextEncoder().encode(key.jwk.x ?? ''));
    expect(await verify(symmetric)).toBeNull();
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'a.b.c', '...', 'Bearer null'])(
    'is not %j',
    async (header) => expect(await verify(header)).toBeNull(),
  );

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
