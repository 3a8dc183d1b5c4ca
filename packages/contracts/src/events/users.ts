import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { id, instant } from '../wire.ts';

/** A seller's public profile, in full: receivers keep the highest version that they have seen. */
export const sellerChanged = defineEvent('users.seller-changed', 1, {
  sellerId: id<'User'>(),
  displayName: z.string(),
  active: z.boolean(),
  version: z.int().positive(),
});

/** A user has proven that their e-mail address is theirs. Told once at least; nobody's proof is taken back. */
export const emailVerified = defineEvent('users.email-verified', 1, {
  userId: id<'User'>(),
  verifiedAt: instant(),
});

/** Access tokens of this subject that were issued before this moment count no more. Gateways hear it. */
export const sessionsRevoked = defineEvent('users.sessions-revoked', 1, {
  subject: z.string().min(1),
  notBefore: instant(),
});
