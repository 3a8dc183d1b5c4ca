import type { Id } from '@emporium/domain';
import type { Email } from './email.ts';

/** SUPPORT reads what helping a buyer takes, and changes nothing. */
export type Role = 'BUYER' | 'SELLER' | 'SUPPORT' | 'ADMIN';

/** Who is DELETED has left an id that orders name, and nothing of the person. */
export type AccountState = 'ACTIVE' | 'DEACTIVATED' | 'DELETED';

/** Somebody who has an account. */
export type User = {
  readonly id: Id<'User'>;
  readonly email: Email;
  readonly name: string;
  readonly roles: readonly Role[];
  /** They have shown that they read mail there. */
  readonly emailVerified: boolean;
  readonly state: AccountState;
};
