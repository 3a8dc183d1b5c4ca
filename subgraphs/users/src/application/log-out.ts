import type { Dependencies } from './ports.ts';

/**
 * Ends the session of the given refresh token; without one, every session of the viewer, because an access token does
 * not say which it belongs to. Access tokens already out stay good until they expire.
 */
export const logOut =
  ({ transact, secrets }: Dependencies) =>
  (by: { readonly refreshToken: string | null; readonly viewerId: string | null }): Promise<void> =>
    transact(async ({ sessions }) => {
      if (by.refreshToken !== null) {
        const token = await sessions.lockToken(secrets.fingerprint(by.refreshToken));
        if (token) await sessions.revoke(token.session.id);
      } else if (by.viewerId !== null) {
        await sessions.revokeAllOf(by.viewerId);
      }
    });
