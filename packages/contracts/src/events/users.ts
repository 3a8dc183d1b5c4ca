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

/** Somebody attacks accounts. It holds no address and no e-mail: what there is to see is with users. */
export const securityAlert = defineEvent('users.security-alert', 1, {
  /** Many logins to one account failed, or one network tried many accounts. */
  kind: z.enum(['FAILED_LOGINS', 'CREDENTIAL_STUFFING']),
  /** Absent when no one account is meant. */
  userId: id<'User'>().optional(),
  /** Of failed logins, or of accounts. */
  count: z.int().positive(),
  /** Within how many seconds. */
  window: z.int().positive(),
});

/** A user has proven that their e-mail address is theirs. Told once at least; nobody's proof is taken back. */
export const emailVerified = defineEvent('users.email-verified', 1, {
  userId: id<'User'>(),
  verifiedAt: instant(),
});

/** A user is gone, with all that was personal; whoever keeps something of theirs erases it. */
export const userDeleted = defineEvent('users.deleted', 1, {
  userId: id<'User'>(),
});

/**
 * Access tokens of this subject that were issued before this moment count no more; gateways hear it. The subject is a session,
 * or a user for all of theirs.
 */
export const sessionsRevoked = defineEvent('users.sessions-revoked', 1, {
  subject: id<'Session' | 'User'>(),
  notBefore: instant(),
});
