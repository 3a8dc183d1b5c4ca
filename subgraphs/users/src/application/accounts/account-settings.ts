import type { TokenPurpose } from '../../domain/accounts/one-time-token.ts';
import type { Email } from '../../domain/email.ts';

export type AccountSettings = {
  /** Where the pages are that mailed links lead to, without a slash at the end. */
  readonly pagesUrl: string;
  /** Addresses below these domains need no proof: for development, where no mail can reach them. */
  readonly trustedDomains: readonly string[];
};

const pages: Record<TokenPurpose, string> = {
  VERIFY_EMAIL: 'verify-email',
  RESET_PASSWORD: 'reset-password',
  CHANGE_EMAIL: 'confirm-email-change',
  REACTIVATE: 'reactivate-account',
};

/** The token is in the fragment, which browsers send to nobody: no server's log has it. */
export const linkTo = ({ pagesUrl }: AccountSettings, purpose: TokenPurpose, token: string): string =>
  `${pagesUrl}/${pages[purpose]}#token=${token}`;

export const isTrusted = ({ trustedDomains }: AccountSettings, email: Email): boolean =>
  trustedDomains.includes(email.slice(email.lastIndexOf('@') + 1));
