import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testKey } from '@emporium/testing';
import { type JWTHeaderParameters, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
const stranger = testKey();
/** Serves the stranger's key to whoever lets a token say where keys are. */
const elsewhere = createServer((_request, response) => {
  asked += 1;
  response.end(JSON.stringify({ keys: [stranger.open] }));
});
let asked = 0;
let elsewhereUrl: string;

beforeAll(async () => {
  gateway = await startTestGateway();
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/jwks`;
});
afterAll(async () => {
  await gateway.stop();
  await new Promise((resolve) => elsewhere.close(resolve));
});

const now = () => Math.floor(Date.now() / 1000);
const good = () => ({
  iss: 'emporium-users',
  aud: 'emporium',
  sub: 'ada',
  roles: ['ADMIN'],
  iat: now(),
  exp: now() + 600,
});
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, signature = '') => `${encode(header)}.${encode(good())}.${signature}`;
const byStranger = (header: Partial<JWTHeaderParameters> & Record<string, unknown> = {}) =>
  new SignJWT(good()).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(stranger.secret);
const byIssuer = (claims: Record<string, unknown>) => gateway.accessTokenSaying({ ...good(), ...claims });

const me = '{ me { id } }';
const refused = { code: 'UNAUTHENTICATED' };

describe('a token that is not ours', () => {
  it.each<[string, () => string | Promise<string>]>([
    ['of no algorithm', () => unsigned({ alg: 'none' })],
    ['of no algorithm, in capitals', () => unsigned({ alg: 'NONE', kid: 'users' })],
    ['of no algorithm, with a signature', () => unsigned({ alg: 'none', kid: 'users' }, 'AAAA')],
    ['with our key’s name and no signature', () => unsigned({ alg: 'EdDSA', kid: 'users' })],
    [
      'whose secret is our public key',
      () =>
        new SignJWT(good())
          .setProtectedHeader({ alg: 'HS256', kid: 'users' })
          .sign(new TextEncoder().encode(JSON.stringify(gateway.issuerKeys))),
    ],
    ['of a stranger who calls their key ours', () => byStranger({ kid: 'users' })],
    ['of a stranger', () => byStranger({ kid: 'stranger' })],
    ['of a stranger without a name', () => byStranger()],
    ['that brings its key', () => byStranger({ jwk: stranger.open })],
    ['that brings its key and calls it ours', () => byStranger({ jwk: stranger.open, kid: 'users' })],
    ['that says where its key is', () => byStranger({ jku: elsewhereUrl, kid: 'stranger' })],
    ['that says where its certificate is', () => byStranger({ x5u: elsewhereUrl, kid: 'users' })],
    [
      'that demands what nobody understands',
      () => unsigned({ alg: 'EdDSA', kid: 'users', crit: ['x'], x: 1 }, 'AAAA'),
    ],
    ['that expired a second ago', () => byIssuer({ exp: now() - 1 })],
    ['that is not good yet', () => byIssuer({ nbf: now() + 30 })],
    ['of a clock far ahead', () => byIssuer({ iat: now() + 3_600, exp: now() + 4_200 })],
    ['that never expires', () => byIssuer({ exp: undefined })],
    ['for nobody', () => byIssuer({ sub: undefined })],
    ['for an empty name', () => byIssuer({ sub: '' })],
    ['of another issuer', () => byIssuer({ iss: 'emporium-gateway' })],
    ['for another audience', () => byIssuer({ aud: 'users' })],
    ['whose roles are no list', () => byIssuer({ roles: 'ADMIN' })],
    ['with a NUL', () => 'a.b.c%00'],
    ['of dots', () => '....'],
  ])('%s is refused, over HTTP and over WebSocket, and nothing runs', async (_which, make) => {
    const token = await make();
    const { status, body } = await gateway.ask(me, { authorization: `Bearer ${token}` });
    expect({ status, extensions: body.errors[0]?.extensions }).toEqual({
      status: 401,
      extensions: refused,
    });
    const events = gateway
      .connect({ authorization: `Bearer ${token}` })
      .iterate({ query: 'subscription { parcelMoved(id: "p1") { sequence } }' });
    await expect(events.next()).rejects.toMatchObject({ code: 4403 });
    expect(gateway.accounts.requests.filter(({ body }) => /\bme\b/.test(body))).toEqual([]);
    expect(asked).toBe(0);
  });

  it.each([
    ['Bearer of.no.use', /without the Authorization header/],
    ['Basic abc', /bearer token/],
    ['Bearer', /bearer token/],
  ])('in "%s" is refused with what to send instead', async (authorization, advice) => {
    const { status, body, headers } = await gateway.ask(me, { authorization });
    expect(status).toBe(401);
    expect(body.errors[0]).toMatchObject({ message: expect.stringMatching(advice), extensions: refused });
    expect(headers.get('www-authenticate')).toMatch(/^Bearer\b/);
    const events = gateway
      .connect({ authorization })
      .iterate({ query: 'subscription { parcelMoved(id: "p1") { sequence } }' });
    await expect(events.next()).rejects.toMatchObject({ code: 4403 });
  });

  it('of 100 kB is refused, before anybody reads it', async () => {
    const authorization = `Bearer ${await byIssuer({ padding: 'x'.repeat(100_000) })}`;
    expect((await fetch(`${gateway.url}/graphql`, { headers: { authorization } })).status).toBe(431);
    expect((await gateway.ask('{ __typename }')).status).toBe(200);
  });
});
