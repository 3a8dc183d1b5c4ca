import type { Id, Instant } from '@emporium/domain';

/** That somebody attacks: no address, no e-mail; what there is to see is in the security events. */
export type SecurityAlert = {
  readonly kind: 'FAILED_LOGINS' | 'CREDENTIAL_STUFFING';
  /** Null when no one account is meant. */
  readonly userId: Id<'User'> | null;
  /** How many failed logins of the account, or accounts tried from one network. */
  readonly count: number;
  /** Within how many seconds. */
  readonly window: number;
};

/** Tells whoever listens, with the transaction or not at all. */
export type SecurityAlerts = { raise(alert: SecurityAlert, at: Instant): Promise<void> };

/** Counts logins that failed or were refused; answers what of it is news, once in each window. */
export type LoginWatch = {
  note(attempt: {
    readonly email: string;
    readonly address: string | null;
  }): Promise<readonly Omit<SecurityAlert, 'userId'>[]>;
};
