import type { Origin } from './origin.ts';

/** What happens to accounts that somebody may have to look into, and what the API says of it. Whoever adds one adds it here. */
export const securityEventKinds = {
  ACCOUNT_OPENED: 'Somebody registered.',
  LOGGED_IN: 'Somebody signed in.',
  LOGIN_FAILED:
    'Somebody tried to sign in, with an account that is not there, or a password or a code that is wrong.',
  LOGGED_OUT: 'Somebody signed out.',
  LOGGED_OUT_EVERYWHERE: 'Somebody ended all of their sessions.',
  SESSION_REVOKED: 'Somebody ended one of their sessions.',
  REFRESH_TOKEN_REUSED: 'A refresh token was used twice; its session was ended.',
  FAILED_LOGINS: 'Many logins to one account failed within a short time; told once for that time.',
  CREDENTIAL_STUFFING: 'One network tried many accounts within a short time; told once for that time.',
  SELLER_APPLIED: 'Somebody applied to sell.',
  SELLER_APPROVED: 'An application to sell was approved.',
  SELLER_REJECTED: 'An application to sell was rejected.',
  SELLER_SUSPENDED: 'A seller was suspended.',
  SELLER_REINSTATED: 'A suspended seller was reinstated.',
  IDENTITY_PROVEN: 'Somebody who is signed in proved again who they are.',
  IDENTITY_LINKED: 'An account at a provider opens this one from then on.',
  IDENTITY_UNLINKED: 'An account at a provider opens this one no more.',
  TOTP_ENABLED: 'Signing in needs a one-time code from then on.',
  TOTP_DISABLED: 'Signing in needs no one-time code any more.',
  TOTP_REMOVED: 'An administrator took the one-time codes of an account away, for a reason.',
  RECOVERY_CODES_REPLACED: 'New recovery codes were made; those before are good no more.',
  EMAIL_VERIFIED: 'Somebody proved that their e-mail address is theirs.',
  ACCOUNT_RECLAIMED:
    'Somebody proved the address of an account that nobody had proven: all that was set before was removed.',
  EMAIL_CHANGE_REQUESTED: 'Somebody asked for another e-mail address.',
  EMAIL_CHANGED: 'An account has another e-mail address.',
  NAME_CHANGED: 'Somebody is called something else.',
  PASSWORD_RESET_REQUESTED: 'A link to a new password was asked for.',
  PASSWORD_RESET: 'A new password was set by a mailed link; all sessions ended.',
  PASSWORD_CHANGED: 'A new password was set by its owner; their other sessions ended.',
  ACCOUNT_DEACTIVATED: 'An account was closed until its owner opens it again.',
  ACCOUNT_REACTIVATED:
    'A closed account was opened again, by its owner or by the administrator whom it names.',
  ACCOUNT_DELETED: 'An account was deleted, with all that was personal.',
  DATA_EXPORTED: 'Somebody took what is held about them.',
  RECOVERY_CODE_USED: 'A recovery code was used in place of a one-time code.',
} as const;

export type SecurityEventKind = keyof typeof securityEventKinds;

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
