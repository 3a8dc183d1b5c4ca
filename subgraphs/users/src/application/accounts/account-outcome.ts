import type { User } from '../../domain/user.ts';
import type { Limited } from '../ports.ts';

/** Why an account stayed as it was. */
export type AccountRefusalCode =
  | 'TOKEN_INVALID'
  | 'SIGN_IN_REQUIRED'
  | 'WRONG_PASSWORD'
  | 'TOTP_REQUIRED'
  | 'TOTP_INVALID'
  | 'EMAIL_TAKEN'
  | 'ALREADY_VERIFIED'
  | 'SHOP_OPEN'
  | 'NOT_FOUND';

/** How a wish about one's account ends. */
export type AccountOutcome = { readonly type: 'done'; readonly user: User } | NotDone;

export type NotDone =
  | { readonly type: 'refused'; readonly refusal: AccountRefusalCode }
  /** Somebody would soon guess the new password. */
  | { readonly type: 'guessable' }
  /** The one who asks has no account any more. */
  | { readonly type: 'gone' }
  | ({ readonly type: 'limited' } & Limited);

export const done = (user: User): AccountOutcome => ({ type: 'done', user });
export const notDone = (refusal: AccountRefusalCode): NotDone => ({ type: 'refused', refusal });
export const gone: NotDone = { type: 'gone' };
export const guessable: NotDone = { type: 'guessable' };
export const tooMany = ({ retryAfter }: Limited): NotDone => ({ type: 'limited', retryAfter });
