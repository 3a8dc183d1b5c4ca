/**
 * Whoever opened an account may have given another's address, and what they want to tell them as their name, or as their
 * client's. Until the address is proven, no mail to it repeats a word of theirs.
 */
import type { User } from '../domain/user.ts';

/** The name to greet by, or null. */
export const nameInMail = ({ emailVerified, name }: User): string | null => (emailVerified ? name : null);

/** What a client called itself, or null. */
export const deviceInMail = ({ emailVerified }: User, device: string | null): string | null =>
  emailVerified ? device : null;
