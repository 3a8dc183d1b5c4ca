/** Whose account it is that somebody reaches through an OpenID provider. No I/O. */
import type { Id } from '@emporium/domain';
import type { Email } from './email.ts';

/** What a provider has just proved: `subject` is the person, for ever, among those of `issuer`. */
export type ProvenIdentity = {
  readonly issuer: string;
  readonly subject: string;
  /** Null where the provider does not vouch for one that we can read. */
  readonly verifiedEmail: Email | null;
  readonly name: string | null;
};

/** The account of the identity's e-mail address. */
export type EmailAccount = { readonly userId: Id<'User'>; readonly isVerified: boolean };

export type SignInDecision =
  | { readonly type: 'sign-in'; readonly userId: Id<'User'> }
  | { readonly type: 'link'; readonly userId: Id<'User'> }
  /** Somebody opened it with this address, and never proved that it is theirs. */
  | { readonly type: 'reclaim'; readonly userId: Id<'User'> }
  | { readonly type: 'open'; readonly email: Email }
  | { readonly type: 'refuse'; readonly refusal: 'LINK_REQUIRED' };

/**
 * An address joins an identity to an account where both sides have seen that it is theirs. Where only the provider has, whoever
 * opened the account may be a stranger: it is reclaimed, so that nobody shares it. Where the provider has not, nobody comes in.
 */
export const decideSignIn = (
  { verifiedEmail }: ProvenIdentity,
  linkedTo: Id<'User'> | null,
  account: EmailAccount | null,
): SignInDecision => {
  if (linkedTo !== null) return { type: 'sign-in', userId: linkedTo };
  if (verifiedEmail === null) return { type: 'refuse', refusal: 'LINK_REQUIRED' };
  if (!account) return { type: 'open', email: verifiedEmail };
  return { type: account.isVerified ? 'link' : 'reclaim', userId: account.userId };
};

export type LinkRefusalCode = 'LINKED_ALREADY' | 'LINKED_ELSEWHERE' | 'EMAIL_NOT_VERIFIED';

export type LinkDecision =
  | { readonly type: 'link'; readonly provesEmail: boolean }
  | { readonly type: 'refuse'; readonly refusal: LinkRefusalCode };

/**
 * Whether somebody who is signed in may add an identity. Only where the account's address is known to be theirs, by us or
 * by that provider: else whoever opens an account with another's address could leave a way in for the day it is reclaimed.
 */
export const decideLink = (
  { verifiedEmail }: ProvenIdentity,
  linkedTo: string | null,
  account: EmailAccount & { readonly email: Email },
): LinkDecision => {
  if (linkedTo === account.userId) return { type: 'refuse', refusal: 'LINKED_ALREADY' };
  if (linkedTo !== null) return { type: 'refuse', refusal: 'LINKED_ELSEWHERE' };
  const provesEmail = !account.isVerified && verifiedEmail === account.email;
  if (!account.isVerified && !provesEmail) return { type: 'refuse', refusal: 'EMAIL_NOT_VERIFIED' };
  return { type: 'link', provesEmail };
};
