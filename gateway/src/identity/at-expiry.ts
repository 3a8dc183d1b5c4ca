import type { Identity } from './identify.ts';

/** setTimeout takes no longer wait than this. */
const longestWaitMs = 2 ** 31 - 1;

/** Does something when an access token ends; returns what cancels it. */
export const atExpiry = ({ expiresAt }: Identity, act: () => void): (() => void) => {
  if (expiresAt === null) return () => {};
  const timer = setTimeout(act, Math.min(Math.max(0, expiresAt - Date.now()), longestWaitMs));
  return () => clearTimeout(timer);
};
