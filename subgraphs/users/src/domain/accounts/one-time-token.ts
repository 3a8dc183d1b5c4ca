import type { Id } from '@emporium/domain';
import type { Email } from '../email.ts';

/** How long a mailed link is good for, in seconds, by what it is for. */
export const tokenSeconds = {
  VERIFY_EMAIL: 24 * 60 * 60,
  RESET_PASSWORD: 30 * 60,
  CHANGE_EMAIL: 2 * 60 * 60,
  REACTIVATE: 2 * 60 * 60,
} as const;

export type TokenPurpose = keyof typeof tokenSeconds;

/** A token that is still good. */
export type OneTimeToken = {
  readonly userId: Id<'User'>;
  /** Where it was sent: whoever shows it reads mail there. */
  readonly email: Email;
};

/** 256 bits as base64url. */
const form = /^[\w-]{43}$/;

/** Whether a text can be a token at all, before anybody looks for it. */
export const isTokenText = (text: string): boolean => form.test(text);
