import { asId, type Id } from '@emporium/domain';
import type { Origin } from './origin.ts';
import type { Dependencies, Ports } from './ports.ts';

/** What names the session that is to end: the access token says its id, the cookie holds its refresh token. */
export type OwnSession = { readonly id: string | null; readonly refreshToken: string | null };

/** Ends the viewer's session. A browser whose cookies are of two sessions is rid of both. */
export const logOut = ({ transact, secrets }: Dependencies) => {
  const end = async (
    { sessions, securityEvents }: Ports,
    id: Id<'Session'>,
    origin: Origin,
  ): Promise<void> => {
    const ended = await sessions.revoke(id);
    if (ended) await securityEvents.record({ kind: 'LOGGED_OUT', userId: ended.userId, origin });
  };
  return async ({ id, refreshToken }: OwnSession, origin: Origin): Promise<void> => {
    if (id !== null) await transact((ports) => end(ports, asId<'Session'>(id), origin));
    if (refreshToken === null) return;
    await transact(async (ports) => {
      const token = await ports.sessions.lockToken(secrets.fingerprint(refreshToken));
      if (token) await end(ports, token.session.id, origin);
    });
  };
};
