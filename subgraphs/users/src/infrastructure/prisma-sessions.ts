import { asId, asInstant, type Instant } from '@emporium/domain';
import type { OutgoingMessage } from '@emporium/messaging';
import { networkOf } from '@emporium/subgraph';
import type { Sessions } from '../application/ports.ts';
import { graceSeconds, refreshTokenSeconds } from '../domain/lifetimes.ts';
import type { Prisma } from './generated/client.ts';
import {
  type RecordRow,
  type SessionRow,
  type TokenRow,
  toRecord,
  toSession,
  toToken,
} from './session-rows.ts';
import { tellOfRevocation } from './tell-of-revocation.ts';

/**
 * Sessions and their refresh tokens, in one transaction; times are the database's. What changes somebody's sessions holds
 * their row in `users` first, so that all of it happens in turn, and reads the clock after: a token that is dated later than
 * a revocation was made later.
 */
export const prismaSessions = (
  tx: Prisma.TransactionClient,
  append: (messages: readonly OutgoingMessage[]) => Promise<void>,
): Sessions => {
  const tell = tellOfRevocation(append);
  /** Answers when it was held. */
  const hold = async (userId: string): Promise<Instant> => {
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`;
    const [row] = await tx.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
    return asInstant((row as { at: Date }).at.toISOString());
  };
  const addToken = (sessionId: string, fingerprint: string) => tx.$executeRaw`
    INSERT INTO refresh_tokens (fingerprint, session_id, expires_at)
    VALUES (${fingerprint}, ${sessionId}, now() + make_interval(secs => ${refreshTokenSeconds}))`;
  const find: Sessions['find'] = async (sessionId) => {
    const [row] = await tx.$queryRaw<RecordRow[]>`
      SELECT id, user_id, device, address, started_at, last_used_at FROM sessions
      WHERE id = ${sessionId} AND revoked_at IS NULL AND expires_at > now()`;
    return row ? toRecord(row) : null;
  };
  return {
    find,
    start: async ({ id, userId, fingerprint, origin, methods }) => {
      await tx.$executeRaw`DELETE FROM sessions WHERE user_id = ${userId} AND expires_at < now()`;
      const rows = await tx.$queryRaw<SessionRow[]>`
        INSERT INTO sessions (id, user_id, expires_at, address, device, methods, authenticated_at)
        VALUES (${id}, ${userId}, now() + make_interval(secs => ${refreshTokenSeconds}),
          ${origin.address && networkOf(origin.address)}, ${origin.device}, ${methods}, clock_timestamp())
        RETURNING id AS session_id, authenticated_at, methods, has_second_factor(user_id)`;
      await addToken(id, fingerprint);
      return toSession(rows[0] as SessionRow);
    },
    lockToken: async (fingerprint) => {
      await tx.$queryRaw`
        SELECT 1 FROM users WHERE id = (
          SELECT user_id FROM refresh_tokens token JOIN sessions session ON session.id = token.session_id
          WHERE token.fingerprint = ${fingerprint})
        FOR UPDATE`;
      const [row] = await tx.$queryRaw<TokenRow[]>`
        SELECT token.session_id, session.authenticated_at, session.methods, session.device, session.user_id, token.expires_at,
          token.used_at + make_interval(secs => ${graceSeconds}) AS grace_until, token.used_by, token.successor_salt,
          session.revoked_at IS NOT NULL AS is_revoked, has_second_factor(session.user_id)
        FROM refresh_tokens token JOIN sessions session ON session.id = token.session_id
        WHERE token.fingerprint = ${fingerprint}`;
      return row ? toToken(row) : null;
    },
    rotate: async (sessionId, { used, next, by, salt }) => {
      await tx.$executeRaw`DELETE FROM refresh_tokens WHERE session_id = ${sessionId} AND expires_at < now()`;
      await tx.$executeRaw`
        UPDATE refresh_tokens SET successor_salt = NULL
        WHERE session_id = ${sessionId} AND successor_salt IS NOT NULL`;
      await tx.$executeRaw`
        UPDATE refresh_tokens SET used_at = clock_timestamp(), used_by = ${by}, successor_salt = ${salt}
        WHERE fingerprint = ${used}`;
      await addToken(sessionId, next);
      await tx.$executeRaw`
        UPDATE sessions SET expires_at = now() + make_interval(secs => ${refreshTokenSeconds}), last_used_at = now()
        WHERE id = ${sessionId}`;
    },
    prove: async ({ sessionId, userId, fingerprint, methods }) => {
      await hold(userId);
      await tx.$executeRaw`
        UPDATE refresh_tokens SET used_at = coalesce(used_at, clock_timestamp()), successor_salt = NULL
        WHERE session_id IN (SELECT id FROM sessions WHERE id = ${sessionId} AND user_id = ${userId})`;
      const [row] = await tx.$queryRaw<SessionRow[]>`
        UPDATE sessions SET authenticated_at = clock_timestamp(), last_used_at = now(), methods = ${methods},
          expires_at = now() + make_interval(secs => ${refreshTokenSeconds})
        WHERE id = ${sessionId} AND user_id = ${userId} AND revoked_at IS NULL AND expires_at > now()
        RETURNING id AS session_id, authenticated_at, methods, has_second_factor(user_id)`;
      if (!row) return null;
      await addToken(sessionId, fingerprint);
      return toSession(row);
    },
    addMethod: async ({ id, userId }, method) => {
      await tx.$executeRaw`
        UPDATE sessions SET methods = array_append(methods, ${method})
        WHERE id = ${id} AND user_id = ${userId} AND NOT ${method} = ANY (methods)`;
    },
    methodsOf: async ({ id, userId }) => {
      const [row] = await tx.$queryRaw<Pick<SessionRow, 'methods'>[]>`
        SELECT methods FROM sessions
        WHERE id = ${id} AND user_id = ${userId} AND revoked_at IS NULL AND expires_at > now()`;
      return row?.methods ?? [];
    },
    listOf: async (userId, { limit, after }) => {
      const rows = await tx.$queryRaw<RecordRow[]>`
        SELECT id, user_id, device, address, started_at, last_used_at FROM sessions
        WHERE user_id = ${userId} AND revoked_at IS NULL AND expires_at > now()
          AND (${after}::text IS NULL OR id < ${after})
        ORDER BY id DESC LIMIT ${limit}`;
      return rows.map(toRecord);
    },
    revoke: async (sessionId) => {
      const session = await find(sessionId);
      if (!session) return null;
      const at = await hold(session.userId);
      const ended = await tx.$executeRaw`
        UPDATE sessions SET revoked_at = ${at}::timestamptz WHERE id = ${sessionId} AND revoked_at IS NULL`;
      if (ended === 0) return null;
      await tell(session.id, at);
      return session;
    },
    revokeAllOf: async (userId) => {
      const at = await hold(userId);
      await tx.$executeRaw`
        UPDATE sessions SET revoked_at = ${at}::timestamptz WHERE user_id = ${userId} AND revoked_at IS NULL`;
      await tell(userId, at);
    },
    revokeTokensOf: async (userId) => tell(userId, await hold(userId)),
    revokeOthersOf: async (userId, sessionId) => {
      const at = await hold(userId);
      const ended = await tx.$queryRaw<{ id: string }[]>`
        UPDATE sessions SET revoked_at = ${at}::timestamptz
        WHERE user_id = ${userId} AND id IS DISTINCT FROM ${sessionId} AND revoked_at IS NULL
        RETURNING id`;
      for (const { id } of ended) await tell(asId<'Session'>(id), at);
    },
  };
};
