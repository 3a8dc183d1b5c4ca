import type { SessionRecord } from '../../domain/session.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';

/** Ends one of somebody's own sessions; null for one that is not theirs, has ended, or never was. */
export const revokeSession =
  ({ transact }: Dependencies) =>
  (userId: string, sessionId: string, origin: Origin): Promise<SessionRecord | null> =>
    transact(async ({ sessions, securityEvents }) => {
      const session = await sessions.find(sessionId);
      if (session?.userId !== userId) return null;
      const ended = await sessions.revoke(session.id);
      if (ended) await securityEvents.record({ kind: 'SESSION_REVOKED', userId, origin });
      return ended;
    });
