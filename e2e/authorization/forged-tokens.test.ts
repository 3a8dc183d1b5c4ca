import { randomUUID } from 'node:crypto';
import { testKey } from '@emporium/testing';
import { importJWK, type JWK, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { wholeGraph } from '../graph/whole-graph.ts';
import { askSubgraph } from './ask-subgraph.ts';
import { matrices } from './matrix.ts';

const { keys } = wholeGraph();
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

type Claims = Record<string, unknown>;

/** What the gateway says of an administrator, changed as the forger likes. */
const claimsFor = (subgraph: string, changes: Claims = {}): Claims => ({
  iss: 'emporium-gateway',
  aud: subgraph,
  iat: now(),
  exp: now() + 60,
  sub: randomUUID(),
  roles: ['ADMIN'],
  ...changes,
});

const signed = async (claims: Claims, key: JWK = keys.internal, header: Claims = {}): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: keys.internal.kid, ...header })
    .sign(await importJWK(key, 'EdDSA'));

const strangersKey: JWK = testKey().secret;

const forgeries: Readonly<Record<string, (subgraph: string) => Promise<string> | string>> = {
  'without a signature': (subgraph) => `${encode({ alg: 'none' })}.${encode(claimsFor(subgraph))}.`,
  'with the public key as a secret': (subgraph) =>
    new SignJWT(claimsFor(subgraph))
      .setProtectedHeader({ alg: 'HS256', kid: keys.internal.kid })
      .sign(new TextEncoder().encode(keys.internal.x ?? '')),
  'by another key under our key’s name': (subgraph) => signed(claimsFor(subgraph), strangersKey),
  'by the key that signs access tokens': (subgraph) => signed(claimsFor(subgraph), keys.accessToken),
  'with a key of its own in the header': (subgraph) =>
    signed(claimsFor(subgraph), strangersKey, { jwk: { ...strangersKey, d: undefined } }),
  'for another subgraph': (subgraph) =>
    signed(claimsFor(subgraph, { aud: subgraph === 'orders' ? 'payments' : 'orders' })),
  'for no subgraph': (subgraph) => signed(claimsFor(subgraph, { aud: undefined })),
  'of another issuer': (subgraph) => signed(claimsFor(subgraph, { iss: 'emporium-users' })),
  'that has expired': (subgraph) => signed(claimsFor(subgraph, { exp: now() - 1 })),
  'that never expires': (subgraph) => signed(claimsFor(subgraph, { exp: undefined })),
  'that is not valid yet': (subgraph) => signed(claimsFor(subgraph, { nbf: now() + 600 })),
  'with a role that does not exist': (subgraph) =>
    signed(claimsFor(subgraph, { roles: ['BUYER', 'ROOT'] })),
  'with a role in small letters': (subgraph) => signed(claimsFor(subgraph, { roles: ['admin'] })),
  'with roles that are no list': (subgraph) => signed(claimsFor(subgraph, { roles: 'ADMIN' })),
  'for an empty name': (subgraph) => signed(claimsFor(subgraph, { sub: '' })),
};

describe.each(Object.keys(matrices))('%s, asked with a token', (subgraph) => {
  it.each(Object.entries(forgeries))('%s, answers nothing', async (_how, forge) => {
    const { data, errors, status } = await askSubgraph(
      subgraph,
      await forge(subgraph),
      '{ __typename _service { sdl } }',
    );
    expect({ data, status }).toEqual({ data: null, status: 401 });
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHENTICATED']);
  });

  it('of the gateway’s, answers', async () => {
    const { data } = await askSubgraph(subgraph, await signed(claimsFor(subgraph)), '{ __typename }');
    expect(data).toEqual({ __typename: 'Query' });
  });
});
