import type { TokenPurpose } from '../../domain/accounts/one-time-token.ts';

/** Mail that somebody asked for, which goes to addresses that nobody has proven too: without a name there. */
export type LinkMail =
  | {
      readonly template: TokenPurpose;
      readonly data: { readonly name: string | null; readonly link: string; readonly token: string };
    }
  | {
      /** Answers who asked for a new password with an address that has no account. */
      readonly template: 'NO_ACCOUNT';
      readonly data: Readonly<Record<string, never>>;
    };

/** What was done to an account. */
export type AccountNotice = {
  readonly template:
    | 'PASSWORD_CHANGED'
    | 'EMAIL_CHANGE_REQUESTED'
    | 'EMAIL_CHANGED'
    | 'ACCOUNT_RECLAIMED'
    | 'ACCOUNT_DEACTIVATED'
    | 'ACCOUNT_RESTORED'
    | 'ACCOUNT_DELETED';
  readonly data: { readonly name: string };
};

export type AccountMail = LinkMail | AccountNotice;
