import type { Origin } from './origin.ts';

/** What happens to accounts that somebody may have to look into. */
export type SecurityEventKind =
  | 'ACCOUNT_OPENED'
  | 'LOGGED_IN'
  | 'LOGIN_FAILED'
  | 'LOGGED_OUT'
  | 'REFRESH_TOKEN_REUSED'
  | 'IDENTITY_LINKED'
  | 'IDENTITY_UNLINKED'
  | `SELLER_${'APPLIED' | 'APPROVED' | 'REJECTED' | 'SUSPENDED' | 'REINSTATED'}`
  | 'IDENTITY_PROVEN'
  | 'TOTP_ENABLED'
  | 'TOTP_DISABLED'
  | 'RECOVERY_CODES_REPLACED'
  | 'RECOVERY_CODE_USED';

export type SecurityEvent = {
  readonly kind: SecurityEventKind;
  /** Null when nobody's account is meant. */
  readonly userId: string | null;
  readonly origin: Origin;
  /** Names and counts, never personal data. */
  readonly detail?: Readonly<Record<string, string | number>>;
};

/** An append-only record. It is written in the transaction of what it tells of. */
export type SecurityEvents = { record(event: SecurityEvent): Promise<void> };
