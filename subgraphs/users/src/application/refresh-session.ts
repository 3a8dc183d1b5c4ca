import { decideRefresh, type RefreshDecision, type RefreshToken } from '../domain/refresh-token.ts';
import type { Origin } from './origin.ts';
import type { Dependencies, Ports } from './ports.ts';
import {
  type AuthOutcome,
  type AuthRefusalCode,
  refused,
  type StartedSession,
  signIn,
} from './start-session.ts';
import { writeToOwner } from './write-to-owner.ts';

/** A refresh token as it came: the tabs of a browser share the cookie that it may have come in. */
export type PresentedToken = { readonly text: string; readonly isFromCookie: boolean };

/** Ends the session, and tells its owner: two hold its token, and one of them is not them. */
const endReused = async (
  ports: Ports,
  { session, userId, device }: RefreshToken,
  origin: Origin,
): Promise<void> => {
  const { accounts, sessions, securityEvents } = ports;
  await sessions.revoke(session.id);
  await securityEvents.record({ kind: 'REFRESH_TOKEN_REUSED', userId, origin });
  const user = await accounts.find(userId);
  if (!user) return;
  const data = { name: user.name, device };
  await writeToOwner(ports, user, { template: 'REFRESH_TOKEN_REUSED', data });
};

/** Changes a refresh token for the next one and a fresh access token. Using one twice ends its session. */
export const refreshSession = (dependencies: Dependencies) => {
  const { transact, secrets } = dependencies;

  /** What can be told of a browser: what it calls itself, and where it is. */
  const browserOf = ({ isFromCookie }: PresentedToken, { device, address }: Origin): string | null =>
    isFromCookie && device !== null && address !== null
      ? secrets.fingerprint(JSON.stringify([device, address]))
      : null;

  /** The token that follows: a new one, or the one that another tab was given. */
  const follow = async (
    { sessions }: Ports,
    { text }: PresentedToken,
    decision: Extract<RefreshDecision, { type: 'rotate' | 'repeat' }>,
    by: string | null,
  ): Promise<string> => {
    if (decision.type === 'repeat') return secrets.successor(text, decision.salt);
    const salt = secrets.create();
    const refreshToken = secrets.successor(text, salt);
    const [used, next] = [secrets.fingerprint(text), secrets.fingerprint(refreshToken)];
    await sessions.rotate(decision.token.session.id, { used, next, by, salt });
    return refreshToken;
  };

  const refresh =
    (presented: PresentedToken, origin: Origin) =>
    async (ports: Ports): Promise<StartedSession | AuthRefusalCode> => {
      const by = browserOf(presented, origin);
      const held = await ports.sessions.lockToken(secrets.fingerprint(presented.text));
      const at = await ports.moment();
      const decision = decideRefresh(held, { at, by });
      if (decision.type === 'revoke') await endReused(ports, decision.token, origin);
      if (decision.type === 'revoke' || decision.type === 'refuse') return decision.refusal;
      const { session, userId } = decision.token;
      const user = await ports.accounts.find(userId);
      if (!user) return 'SESSION_EXPIRED';
      return { user, session, refreshToken: await follow(ports, presented, decision, by), at };
    };

  return async (presented: PresentedToken | null, origin: Origin): Promise<AuthOutcome> => {
    if (presented === null) return refused('SESSION_EXPIRED');
    const outcome = await transact(refresh(presented, origin));
    return typeof outcome === 'string' ? refused(outcome) : signIn(dependencies)(outcome);
  };
};
