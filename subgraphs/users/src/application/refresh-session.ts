import { decideRefresh } from '../domain/refresh-token.ts';
import type { Dependencies, Ports } from './ports.ts';
import {
  type AuthOutcome,
  type AuthRefusalCode,
  refused,
  type StartedSession,
  signIn,
} from './start-session.ts';

/** Changes a refresh token for the next one and a fresh access token. Using one twice ends its session. */
export const refreshSession = (dependencies: Dependencies) => {
  const { transact, secrets } = dependencies;

  const rotate =
    (presented: string) =>
    async ({ accounts, sessions, now }: Ports): Promise<StartedSession | AuthRefusalCode> => {
      const used = secrets.fingerprint(presented);
      const at = await now();
      const decision = decideRefresh(await sessions.lockToken(used), at);
      if (decision.type === 'revoke') await sessions.revoke(decision.sessionId);
      if (decision.type !== 'rotate') return decision.refusal;
      const { sessionId, userId } = decision.token;
      const user = await accounts.find(userId);
      if (!user) return 'SESSION_EXPIRED';
      const refreshToken = secrets.create();
      await sessions.rotate(sessionId, { used, next: secrets.fingerprint(refreshToken) });
      return { user, refreshToken, at };
    };

  return async (refreshToken: string | null): Promise<AuthOutcome> => {
    if (refreshToken === null) return refused('SESSION_EXPIRED');
    const rotated = await transact(rotate(refreshToken));
    return typeof rotated === 'string' ? refused(rotated) : signIn(dependencies)(rotated);
  };
};
