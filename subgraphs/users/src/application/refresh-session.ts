import { decideRefresh, type RefreshToken } from '../domain/refresh-token.ts';
import type { Origin } from './origin.ts';
import type { Dependencies, Ports } from './ports.ts';
import {
  type AuthOutcome,
  type AuthRefusalCode,
  refused,
  type StartedSession,
  signIn,
} from './start-session.ts';

/** Ends the session, and tells its owner: two hold its token, and one of them is not them. */
const endReused = async (
  { accounts, sessions, securityEvents, mails }: Ports,
  { session, userId, device }: RefreshToken,
  origin: Origin,
): Promise<void> => {
  await sessions.revoke(session.id);
  await securityEvents.record({ kind: 'REFRESH_TOKEN_REUSED', userId, origin });
  const user = await accounts.find(userId);
  if (!user) return;
  const { id, email: recipient, name } = user;
  await mails.send({ userId: id, recipient, template: 'REFRESH_TOKEN_REUSED', data: { name, device } });
};

/** Changes a refresh token for the next one and a fresh access token. Using one twice ends its session. */
export const refreshSession = (dependencies: Dependencies) => {
  const { transact, secrets } = dependencies;

  const rotate =
    (presented: string, origin: Origin) =>
    async (ports: Ports): Promise<StartedSession | AuthRefusalCode> => {
      const { accounts, sessions, now } = ports;
      const used = secrets.fingerprint(presented);
      const at = await now();
      const decision = decideRefresh(await sessions.lockToken(used), at);
      if (decision.type === 'revoke') await endReused(ports, decision.token, origin);
      if (decision.type !== 'rotate') return decision.refusal;
      const { session, userId } = decision.token;
      const user = await accounts.find(userId);
      if (!user) return 'SESSION_EXPIRED';
      const refreshToken = secrets.create();
      await sessions.rotate(session.id, { used, next: secrets.fingerprint(refreshToken) });
      return { user, session, refreshToken, at };
    };

  return async (refreshToken: string | null, origin: Origin): Promise<AuthOutcome> => {
    if (refreshToken === null) return refused('SESSION_EXPIRED');
    const rotated = await transact(rotate(refreshToken, origin));
    return typeof rotated === 'string' ? refused(rotated) : signIn(dependencies)(rotated);
  };
};
