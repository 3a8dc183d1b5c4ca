import type { Id } from '@emporium/domain';
import type { Email } from './email.ts';

/** SUPPORT reads what helping a buyer takes, and changes nothing. */
export type Role = 'BUYER' | 'SELLER' | 'SUPPORT' | 'ADMIN';

/** Somebody who has an account. */
export type User = {
  readonly id: Id<'User'>;
  readonly email: Email;
  readonly name: string;
  readonly roles: readonly Role[];
};
