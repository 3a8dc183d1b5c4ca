import { randomBytes } from 'node:crypto';
import type { Viewer } from '../identity/viewer.ts';
import type { Headers } from '../propagation/propagation.ts';
import type { DeferredAnswer } from './defer/run-deferral.ts';

/** What execution knows of one operation. No header of the client is here but those that are named. */
export type RequestContext = {
  readonly viewer: Viewer;
  readonly traceparent: string;
  /** What the client's request says in headers that subgraphs may get. */
  readonly propagated: Headers;
  /** For the subgraph that keeps sessions, and for no other. */
  readonly sessionHeaders: Readonly<Record<string, string>>;
  /** Cookies that this subgraph sets; empty for ever where no response could carry them. */
  readonly setCookies: string[];
  /** For a client that takes an answer in parts: what follows the first, when something does. */
  readonly parts: { rest: AsyncIterable<readonly DeferredAnswer[]> | null } | null;
};

const wellFormed = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The client's W3C trace, or a new one. */
export const continueTrace = (traceparent: unknown): string =>
  typeof traceparent === 'string' && wellFormed.test(traceparent)
    ? traceparent
    : `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
