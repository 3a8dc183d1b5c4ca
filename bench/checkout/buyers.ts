import { withClient } from '@emporium/database';
import type { Graph } from '@emporium/local-stack';
import { importJWK, SignJWT } from 'jose';

export type Buyer = { readonly id: string; readonly token: string };

const idOf = (number: number): string => `00000000-0000-7000-a000-${String(number).padStart(12, '0')}`;

/**
 * Registers people, each with a token that lasts for the whole run: as users would sign it, for hashing so many passwords
 * would take longer than everything that is measured.
 */
export const createRegistry = async ({ keys, parts }: Graph) => {
  const { kid, ...jwk } = keys.accessToken;
  const key = await importJWK(jwk, 'EdDSA');
  const tokenOf = (id: string): Promise<string> =>
    new SignJWT({ roles: ['BUYER'] })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setIssuer('emporium-users')
      .setAudience('emporium')
      .setSubject(id)
      .setIssuedAt()
      .setExpirationTime('3h')
      .sign(key);
  let registered = 0;
  return {
    register: async (count: number): Promise<readonly Buyer[]> => {
      const ids = Array.from({ length: count }, (_, index) => idOf(registered + index));
      registered += count;
      await withClient(parts.database.admin, (client) =>
        client.query(
          `INSERT INTO users.users (id, email, name, roles)
           SELECT id, id || '@bench.test', 'Buyer', ARRAY['BUYER'] FROM unnest($1::text[]) AS made (id)`,
          [ids],
        ),
      );
      return Promise.all(ids.map(async (id) => ({ id, token: await tokenOf(id) })));
    },
    /** Who somebody is that was not registered here. */
    as: async (id: string): Promise<Buyer> => ({ id, token: await tokenOf(id) }),
  };
};
