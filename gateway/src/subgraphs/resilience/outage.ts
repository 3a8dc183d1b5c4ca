import type { RawAnswer } from '../subgraph-transport.ts';

/** The connection was never made, or was closed before an answer came. */
const unconnected = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
]);

const timedOut = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ANSWER_TIMEOUT']);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

export const isUnconnected = (error: unknown): boolean => unconnected.has(codeOf(error));

/**
 * Whether a failure is the subgraph's, whatever it was asked. An answer that is too large, or that is no HTTP, is a matter of
 * what was asked: it says nothing of the next.
 */
export const isOutage = (error: unknown): boolean => isUnconnected(error) || timedOut.has(codeOf(error));

/** A status by which a subgraph, or a proxy in front of it, says that it is away. */
export const saysAway = ({ status }: RawAnswer): boolean =>
  status === 502 || status === 503 || status === 504;
