import { createHmac } from 'node:crypto';
import type { DeriveAttemptSecrets } from '../../application/sign-in/ports.ts';

/** Keyed by the binding, which only the beginner holds: a state, which travels on URLs, tells nothing of the others. */
export const deriveAttemptSecrets: DeriveAttemptSecrets = (binding, state) => {
  const derive = (purpose: string): string =>
    createHmac('sha256', binding).update(`${purpose} ${state}`).digest('base64url');
  return { state, nonce: derive('nonce'), verifier: derive('verifier') };
};
