import { asId, asInstant } from '@emporium/domain';
import type { Sessions } from '../application/ports.ts';
import { refreshTokenSeconds } from '../domain/lifetimes.ts';
import type { Session } from '../domain/session.ts';
import type { Prisma } from './generated/client.ts';

type SessionRow = {
  session_id: string;
  authenticated_at: Date;
  methods: string[];
  has_second_factor: boolean;
};

type TokenRow = SessionRow & {
  device: string | null;
  user_id: string;
  expires_at: Date;
  is_used: boolean;
  is_revoked: boolean;
};

const toSession = ({ session_id, authenticated_at, methods, has_second_factor }: SessionRow): Session => ({
  id: asId<'Session'>(session_id),
  authenticatedAt: asInstant(authenticated_at.toISOString()),
  methods,
  hasSecondFactor: has_second_factor,
});

/** Sessions and their refresh tokens, in one transaction; times are the database's. */
export const prismaSessions = (tx: Prisma.TransactionClient): Sessions => {
  const addToken = (sessionId: string, fingerprint: string) => tx.$executeRaw`
    INSERT INTO refresh_tokens (fingerprint, session_id, expires_at)
    VALUES (${fingerprint}, ${sessionId}, now() + make_interval(secs => ${refreshTokenSeconds}))`;
  return {
    start: async ({ id, userId, fingerprint, origin, methods }) => {
      await tx.$executeRaw`DELETE FROM sessions WHERE user_id = ${userId} AND expires_at < now()`;
      const rows = await tx.$queryRaw<SessionRow[]>`
        INSERT INTO sessions (id, user_id, expires_at, address, device, methods)
        VALUES (${id}, ${userId}, now() + make_interval(secs => ${refreshTokenSeconds}),
          ${origin.address}, ${origin.device}, ${methods})
        RETURNING id AS session_id, authenticated_at, methods, has_second_factor(user_id)`;
      await addToken(id, fingerprint);
      return toSession(rows[0] as SessionRow);
    },
    lockToken: async (fingerprint) => {
      const [row] = await tx.$queryRaw<TokenRow[]>`
        SELECT token.session_id, session.authenticated_at, session.methods, session.device, session.user_id, token.expires_at,
          token.used_at IS NOT NULL AS is_used, session.revoked_at IS NOT NULL AS is_revoked,
          has_second_factor(session.user_id)
        FROM refresh_tokens token JOIN sessions session ON session.id = token.session_id
        WHERE token.fingerprint = ${fingerprint}
        FOR UPDATE`;
      if (!row) return null;
      return {
        session: toSession(row),
        device: row.device,
        userId: asId<'User'>(row.user_id),
        expiresAt: asInstant(row.expires_at.toISOString()),
        isUsed: row.is_used,
        isRevoked: row.is_revoked,
      };
    },
    rotate: async (sessionId, { used, next }) => {
      await tx.$executeRaw`DELETE FROM refresh_tokens WHERE session_id = ${sessionId} AND expires_at < now()`;
      await tx.$executeRaw`UPDATE refresh_tokens SET used_at = now() WHERE fingerprint = ${used}`;
      await addToken(sessionId, next);
      await tx.$executeRaw`
        UPDATE sessions SET expires_at = now() + make_interval(secs => ${refreshTokenSeconds}), last_used_at = now()
        WHERE id = ${sessionId}`;
    },
    prove: async ({ sessionId, userId, fingerprint, methods }) => {
      // Tokens before the session, as whoever refreshes takes them.
      await tx.$executeRaw`
        UPDATE refresh_tokens SET used_at = now()
        WHERE used_at IS NULL AND session_id IN (SELECT id FROM sessions WHERE id = ${sessionId} AND user_id = ${userId})`;
      const [row] = await tx.$queryRaw<SessionRow[]>`
        UPDATE sessions SET authenticated_at = now(), last_used_at = now(), methods = ${methods},
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
    revoke: async (sessionId) => {
      await tx.$executeRaw`UPDATE sessions SET revoked_at = now() WHERE id = ${sessionId} AND revoked_at IS NULL`;
    },
    revokeAllOf: async (userId) => {
      await tx.$executeRaw`UPDATE sessions SET revoked_at = now() WHERE user_id = ${userId} AND revoked_at IS NULL`;
    },
  };
};
