import type { Id } from '@emporium/domain';
import type { Email } from './email.ts';

export type Role = 'BUYER' | 'SELLER' | 'ADMIN';

/** Somebody who has an account. */
export type User = {
  readonly id: Id<'User'>;
  readonly email: Email;
  readonly name: string;
  readonly roles: readonly Role[];
};

/** Who asks to see a user. */
type Reader = { readonly id: string | null; readonly roles: readonly Role[] };

/** A name is for whoever is signed in and reaches the user; an address for oneself and administrators. */
export const mayReadUser = (reader: Reader): boolean => reader.id !== null;

export const mayReadEmail = (reader: Reader, user: User): boolean =>
  reader.id === user.id || reader.roles.includes('ADMIN');
