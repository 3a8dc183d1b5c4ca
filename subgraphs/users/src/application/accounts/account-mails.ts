import type { TokenPurpose } from '../../domain/accounts/one-time-token.ts';

/** Mail about an account: links to follow, and notices of what was done. Without a name where the address is not proven. */
export type AccountMail =
  | {
      readonly template: TokenPurpose;
      readonly data: { readonly name: string | null; readonly link: string; readonly token: string };
    }
  | {
      /** `NO_ACCOUNT` answers who asked for a new password with an address that has none. */
      readonly template: 'NO_ACCOUNT';
      readonly data: Readonly<Record<string, never>>;
    }
  | {
      readonly template:
        | 'PASSWORD_CHANGED'
        | 'EMAIL_CHANGE_REQUESTED'
        | 'EMAIL_CHANGED'
        | 'ACCOUNT_RECLAIMED'
        | 'ACCOUNT_DEACTIVATED'
        | 'ACCOUNT_DELETED';
      readonly data: { readonly name: string | null };
    };
