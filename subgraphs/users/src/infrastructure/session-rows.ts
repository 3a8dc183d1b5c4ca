import { asId, asInstant, type Instant } from '@emporium/domain';
import type { RefreshToken } from '../domain/refresh-token.ts';
import type { Session, SessionRecord } from '../domain/session.ts';

export type SessionRow = {
  readonly session_id: string;
  readonly authenticated_at: Date;
  readonly methods: string[];
  readonly has_second_factor: boolean;
};

export type TokenRow = SessionRow & {
  readonly device: string | null;
  readonly user_id: string;
  readonly expires_at: Date;
  readonly grace_until: Date | null;
  readonly used_by: string | null;
  readonly successor_salt: string | null;
  readonly is_revoked: boolean;
};

export type RecordRow = {
  readonly id: string;
  readonly user_id: string;
  readonly device: string | null;
  readonly address: string | null;
  readonly started_at: Date;
  readonly last_used_at: Date;
};

const instantOf = (date: Date): Instant => asInstant(date.toISOString());

export const toSession = ({
  session_id,
  authenticated_at,
  methods,
  has_second_factor,
}: SessionRow): Session => ({
  id: asId<'Session'>(session_id),
  authenticatedAt: instantOf(authenticated_at),
  methods,
  hasSecondFactor: has_second_factor,
});

export const toToken = (row: TokenRow): RefreshToken => ({
  session: toSession(row),
  device: row.device,
  userId: asId<'User'>(row.user_id),
  expiresAt: instantOf(row.expires_at),
  use: row.grace_until && {
    graceUntil: instantOf(row.grace_until),
    by: row.used_by,
    salt: row.successor_salt,
  },
  isRevoked: row.is_revoked,
});

export const toRecord = (row: RecordRow): SessionRecord => ({
  id: asId<'Session'>(row.id),
  userId: asId<'User'>(row.user_id),
  device: row.device,
  address: row.address,
  startedAt: instantOf(row.started_at),
  lastUsedAt: instantOf(row.last_used_at),
});
