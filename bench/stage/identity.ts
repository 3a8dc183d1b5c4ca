import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';

/** What clients bring and our gateway signs with: made for one run. */
export type BenchIdentity = {
  readonly keys: JSONWebKeySet;
  readonly tokens: readonly string[];
  readonly signingKey: string;
};

export const makeIdentity = async (clients: number): Promise<BenchIdentity> => {
  const [users, gateway] = await Promise.all([
    generateKeyPair('EdDSA', { extractable: true }),
    generateKeyPair('EdDSA', { extractable: true }),
  ]);
  const sign = (subject: string): Promise<string> =>
    new SignJWT({ roles: ['BUYER'] })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'users' })
      .setIssuer('emporium-users')
      .setAudience('emporium')
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(users.privateKey);
  return {
    keys: { keys: [{ ...(await exportJWK(users.publicKey)), kid: 'users' }] },
    tokens: await Promise.all(Array.from({ length: clients }, (_, client) => sign(`client-${client}`))),
    signingKey: JSON.stringify({ ...(await exportJWK(gateway.privateKey)), kid: 'gateway' }),
  };
};
