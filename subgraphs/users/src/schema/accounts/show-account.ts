import { rateLimited, unauthenticated } from '@emporium/subgraph';
import type {
  AccountOutcome,
  AccountRefusalCode as Code,
  NotDone,
} from '../../application/accounts/account-outcome.ts';
import { showUser, type UserView } from '../../application/show-user.ts';
import { guessablePassword } from '../read-input.ts';
import { type AccountRefusal, AccountRefusalCode } from './account-result.type.ts';

const messages: Record<Code, string> = {
  TOKEN_INVALID: 'This link is not good, or not any more. Ask for another one.',
  SIGN_IN_REQUIRED:
    'Log in to the account that this link is for, or send its password along. If you opened no account, do nothing, or choose a password with `requestPasswordReset` to have it for yourself.',
  WRONG_PASSWORD:
    'That is not the password of this account. If you have none, set one with `requestPasswordReset`.',
  TOTP_REQUIRED:
    'This account has one-time codes. Send its password and a code along, or show them with `proveIdentity` and follow the link again.',
  TOTP_INVALID: 'This code is not good, or not any more. Send the one that the app shows now.',
  EMAIL_TAKEN: 'This e-mail address has an account. Choose another one.',
  ALREADY_VERIFIED: 'This e-mail address is verified. There is nothing more to do.',
  SHOP_OPEN: 'This account has a shop that sells. Ask an administrator to close it first.',
  NOT_FOUND: 'There is no such account.',
};

const refusal = (code: Code): AccountRefusal => ({
  __typename: 'AccountRefusal',
  code: AccountRefusalCode[code],
  message: messages[code],
});

/** What is no answer but an error; `field` is where the new password was. */
export const throwUnlessRefused = (outcome: NotDone, field = 'input.newPassword'): AccountRefusal => {
  switch (outcome.type) {
    case 'limited':
      throw rateLimited(outcome.retryAfter);
    case 'guessable':
      throw guessablePassword(field);
    case 'gone':
      throw unauthenticated('This account is gone. Register a new one.');
    case 'refused':
      return refusal(outcome.refusal);
  }
};

type Shown = (UserView & { readonly __typename: 'User' }) | AccountRefusal;

/** The outcome as GraphQL shows it; to whom what of it, the policy says by their token. */
export const showAccount = (outcome: AccountOutcome): Shown =>
  outcome.type === 'done' ? { __typename: 'User', ...showUser(outcome.user) } : throwUnlessRefused(outcome);

/** As it shows it to who followed a mailed link: whose address it is, and no more without a token. */
export const showToMailbox = (outcome: AccountOutcome): Shown => {
  const shown = showAccount(outcome);
  return shown.__typename === 'User' ? { ...shown, shownTo: 'mailbox' } : shown;
};
