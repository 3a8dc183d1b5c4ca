import type { Id, Instant } from '@emporium/domain';
import type { AccountNotice, LinkMail } from './accounts/account-mails.ts';

/** What tells an owner what was done: a template, and what is put into it. For `writeToOwner`. */
export type Notice =
  | {
      readonly template: 'REFRESH_TOKEN_REUSED';
      readonly data: { readonly name: string; readonly device: string | null };
    }
  | {
      readonly template: 'NEW_SIGN_IN';
      readonly data: {
        readonly name: string;
        readonly device: string | null;
        readonly address: string | null;
        readonly at: Instant;
      };
    }
  | {
      readonly template: 'IDENTITY_LINKED' | 'IDENTITY_UNLINKED';
      readonly data: { readonly name: string; readonly provider: string };
    }
  | {
      readonly template:
        | 'TOTP_ENABLED'
        | 'TOTP_DISABLED'
        | 'RECOVERY_CODES_REPLACED'
        | 'RECOVERY_CODE_USED';
      readonly data: {
        readonly name: string;
        readonly device: string | null;
        readonly recoveryCodesLeft: number;
      };
    }
  | { readonly template: 'TOTP_REMOVED'; readonly data: { readonly name: string } }
  | AccountNotice;

export type MailContent = LinkMail | Notice;

export type Mail = {
  readonly userId: Id<'User'>;
  readonly recipient: string;
} & MailContent;

/** Mail leaves after the transaction that asks for it, or not at all. */
export type Mails = { send(mail: Mail): Promise<void> };
