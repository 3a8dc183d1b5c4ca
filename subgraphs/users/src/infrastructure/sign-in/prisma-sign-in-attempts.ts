import { asInstant } from '@emporium/domain';
import type { SignInAttempts } from '../../application/sign-in/ports.ts';
import { signInAttemptSeconds } from '../../domain/lifetimes.ts';
import type { ProvenIdentity } from '../../domain/linked-identity.ts';
import type { Prisma } from '../generated/client.ts';

/** Attempts that nobody completed go a few at a time, with those that begin. */
const forgottenAtATime = 20;

type AttemptRow = {
  provider: string;
  return_to: string;
  user_id: string | null;
  proven: ProvenIdentity | null;
  expires_at: Date;
  is_over: boolean;
};

/** Attempts to sign in, in one transaction; times are the database's. */
export const prismaSignInAttempts = (tx: Prisma.TransactionClient): SignInAttempts => ({
  add: async ({ stateFingerprint, bindingFingerprint, provider, returnTo, userId }) => {
    await tx.$executeRaw`
      DELETE FROM sign_in_attempts WHERE state_fingerprint IN (
        SELECT state_fingerprint FROM sign_in_attempts WHERE expires_at < now()
        LIMIT ${forgottenAtATime} FOR UPDATE SKIP LOCKED)`;
    const [row] = await tx.$queryRaw<{ expires_at: Date }[]>`
      INSERT INTO sign_in_attempts (state_fingerprint, binding_fingerprint, provider, return_to, user_id, expires_at)
      VALUES (${stateFingerprint}, ${bindingFingerprint}, ${provider}, ${returnTo}, ${userId},
        now() + make_interval(secs => ${signInAttemptSeconds}))
      RETURNING expires_at`;
    return asInstant((row as { expires_at: Date }).expires_at.toISOString());
  },
  take: async ({ state, binding }) => {
    const [row] = await tx.$queryRaw<AttemptRow[]>`
      DELETE FROM sign_in_attempts WHERE state_fingerprint = ${state} AND binding_fingerprint = ${binding}
      RETURNING provider, return_to, user_id, proven, expires_at, expires_at <= now() AS is_over`;
    if (!row || row.is_over) return null;
    const { provider, return_to: returnTo, user_id: userId, proven, expires_at } = row;
    return { provider, returnTo, userId, proven, expiresAt: asInstant(expires_at.toISOString()) };
  },
  putBack: async ({ state, binding }, { provider, returnTo, userId, proven, expiresAt }) => {
    await tx.signInAttempt.create({
      data: {
        stateFingerprint: state,
        bindingFingerprint: binding,
        provider,
        returnTo,
        userId,
        proven,
        expiresAt,
      },
    });
  },
});
