import { z } from 'zod';
import { type Email, isRegistrable, normaliseEmail } from '../../domain/email.ts';
import type { ProvenIdentity } from '../../domain/linked-identity.ts';

type Claims = Readonly<Record<string, unknown>>;

/** What the standard lets a subject be: ASCII, 255 characters at most. */
const subject = /^[\x20-\x7e]{1,255}$/;

const longestEmail = 254;
const wellFormed = z.email().max(longestEmail);

/**
 * The address, if the provider says in so many words that it is verified. It must be ASCII as it stands: what only
 * becomes somebody's address by being normalised is another mailbox for whoever verified it. It must be one that could be registered, too.
 */
const verifiedEmail = ({ email, email_verified }: Claims): Email | null => {
  if (email_verified !== true || !wellFormed.safeParse(email).success) return null;
  const text = email as string;
  if (!/^[\x21-\x7e]+$/.test(text)) return null;
  const address = normaliseEmail(text);
  return isRegistrable(address) ? address : null;
};

/** Who it is by the ID token, and what is said of them there or at the provider's userinfo; null for nobody that can be. */
export const readClaims = (
  { iss, sub }: { readonly iss: string; readonly sub: string },
  said: Claims,
): ProvenIdentity | null =>
  subject.test(sub)
    ? {
        issuer: iss,
        subject: sub,
        verifiedEmail: verifiedEmail(said),
        name: typeof said.name === 'string' ? said.name : null,
      }
    : null;
