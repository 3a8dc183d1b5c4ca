import type { IdentityRefusalCode as Code } from '../../application/sign-in/link-identity.ts';
import type { LinkedIdentity } from '../../application/sign-in/ports.ts';
import {
  type IdentityRefusal,
  IdentityRefusalCode,
  type LinkedIdentityType,
} from './linked-identity.type.ts';

const messages: Record<Code, string> = {
  SIGN_IN_EXPIRED: 'This sign-in is over, or began elsewhere. Begin again while you are signed in.',
  SIGN_IN_REJECTED: 'The provider did not confirm who you are. Begin again.',
  LINKED_ALREADY: 'This is linked to your account already.',
  LINKED_ELSEWHERE: 'This is linked to another account. Sign in with it and unlink it there first.',
  EMAIL_NOT_VERIFIED: 'Verify the e-mail address of your account first.',
  NOT_FOUND: 'There is no such identity, or it is not yours.',
  LAST_WAY_IN: 'Nothing else would sign you in. Set a password first.',
};

export const showIdentityRefusal = (code: Code): IdentityRefusal => ({
  __typename: 'IdentityRefusal',
  code: IdentityRefusalCode[code],
  message: messages[code],
});

/** With the provider's name as `nameOf` knows it. */
export const showIdentity = (
  { id, provider, linkedAt, lastUsedAt }: LinkedIdentity,
  nameOf: (provider: string) => string,
): LinkedIdentityType => ({
  __typename: 'LinkedIdentity',
  id,
  provider: { id: provider, name: nameOf(provider) },
  linkedAt,
  lastUsedAt,
});
