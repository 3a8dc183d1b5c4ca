import type { Client } from '@emporium/client';
import { importJWK, SignJWT } from 'jose';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';
import type { Seat } from './matrix.ts';

type Role = 'BUYER' | 'SELLER' | 'SUPPORT' | 'ADMIN';

const roles: Readonly<Record<Seat, readonly Role[]>> = {
  anonymous: [],
  stranger: ['BUYER'],
  owner: ['BUYER'],
  rival: ['BUYER', 'SELLER'],
  seller: ['BUYER', 'SELLER'],
  support: ['SUPPORT'],
  admin: ['BUYER', 'ADMIN'],
};

type Claims = Readonly<Record<string, unknown>>;

const signed = async (
  key: 'accessToken' | 'internal',
  issuer: string,
  audience: string,
  claims: Claims,
) => {
  const jwk = wholeGraph().keys[key];
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(await importJWK(jwk, 'EdDSA'));
};

/** Somebody in a seat, with an account of their own unless they are anonymous. */
export type Person = {
  readonly seat: Seat;
  readonly id: string | null;
  /** Through the gateway. */
  readonly client: Client;
  /** What the gateway would tell the subgraph of them. */
  internalToken(subgraph: string): Promise<string>;
};

/** How they last signed in: as one who could do anything that asks for a fresh sign-in. */
const session = () => ({ auth_time: Math.floor(Date.now() / 1000), amr: ['pwd', 'otp'] });

/** Gives an account a seat: its roles are what the tokens say. */
export const seated = async (seat: Seat, id: string | null): Promise<Person> => {
  const { anonymous } = openShop(wholeGraph().gatewayUrl);
  const said = { roles: roles[seat], ...(id === null ? {} : { sub: id, ...session() }) };
  return {
    seat,
    id,
    client:
      id === null
        ? anonymous
        : anonymous.withToken(await signed('accessToken', 'emporium-users', 'emporium', said)),
    internalToken: (subgraph) => signed('internal', 'emporium-gateway', subgraph, said),
  };
};
