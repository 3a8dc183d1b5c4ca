import { testKey } from '@emporium/testing';
import { type JSONWebKeySet, SignJWT } from 'jose';

/** What clients bring and our gateway signs with: made for one run. */
export type BenchIdentity = {
  readonly keys: JSONWebKeySet;
  readonly tokens: readonly string[];
  readonly signingKey: string;
};

export const makeIdentity = async (clients: number): Promise<BenchIdentity> => {
  const [users, gateway] = [testKey('users'), testKey('gateway')];
  const sign = (subject: string): Promise<string> =>
    new SignJWT({ roles: ['BUYER'] })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'users' })
      .setIssuer('emporium-users')
      .setAudience('emporium')
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(users.secret);
  return {
    keys: { keys: [users.open] },
    tokens: await Promise.all(Array.from({ length: clients }, (_, client) => sign(`client-${client}`))),
    signingKey: JSON.stringify(gateway.secret),
  };
};
