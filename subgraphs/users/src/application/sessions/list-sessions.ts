import type { SessionRecord } from '../../domain/session.ts';
import type { Dependencies, SessionPage } from '../ports.ts';

/** Somebody's own sessions that live, the last begun first. */
export const listSessions =
  ({ transact }: Dependencies) =>
  (userId: string, page: SessionPage): Promise<readonly SessionRecord[]> =>
    transact(({ sessions }) => sessions.listOf(userId, page));
