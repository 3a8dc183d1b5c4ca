import { z } from 'zod';
import { BoundedMap } from '../bounded-map.ts';
import type { AccessToken } from './access-token.ts';

/**
 * Sessions of a subject that have ended: tokens issued before this moment, in milliseconds since 1970, count no more. A
 * subject is somebody, whose sessions end all at once, or the id of one session.
 */
export type Revocation = { readonly subject: string; readonly notBefore: number };

const moment = z.union([
  z.number().transform((seconds) => seconds * 1000),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);
const revocation = z.object({ subject: z.string().min(1), notBefore: moment });
const message = z.union([
  z.object({ payload: revocation }).transform(({ payload }) => payload),
  revocation,
]);

/** `{ subject, notBefore }`, a JWT's NumericDate or ISO 8601; bare, or as the `payload` of an envelope. Throws for anything else. */
export const readRevocation = (json: unknown): Revocation => message.parse(json);

const remembered = 100_000;

/** Remembers revocations for as long as a token lives, since after that no token is left that they could be about. */
export const createRevocations = (tokenLifetimeMs: number, now: () => number = Date.now) => {
  const known = new BoundedMap<string, { readonly notBefore: number; readonly until: number }>(remembered);
  const isOver = (subject: string, issuedAt: number): boolean => {
    const revoked = known.get(subject);
    return revoked !== undefined && revoked.until > now() && issuedAt < revoked.notBefore;
  };
  return {
    /** False for one that adds nothing to what is known. */
    add: ({ subject, notBefore }: Revocation): boolean => {
      const before = known.get(subject);
      if (before && before.notBefore >= notBefore) return false;
      known.set(subject, { notBefore, until: Math.max(now(), notBefore) + tokenLifetimeMs });
      return true;
    },
    isRevoked: ({ subject, session, issuedAt }: IssuedToken): boolean =>
      !known.isEmpty &&
      (isOver(subject, issuedAt) || (session?.sid !== undefined && isOver(session.sid, issuedAt))),
  };
};

/** A token, as far as its revocation goes. */
type IssuedToken = Pick<AccessToken, 'subject' | 'issuedAt'> & Partial<Pick<AccessToken, 'session'>>;

export type Revocations = ReturnType<typeof createRevocations>;
