import type { Viewer } from '../identity/viewer.ts';
import { randomId } from './random-id.ts';

/** What execution knows of one operation. No header of the client is here but those that are named. */
export type RequestContext = {
  readonly viewer: Viewer;
  readonly traceparent: string;
  /** For the subgraph that keeps sessions, and for no other. */
  readonly sessionHeaders: Readonly<Record<string, string>>;
  /** Cookies that this subgraph sets; empty for ever where no response could carry them. */
  readonly setCookies: string[];
};

const wellFormed = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The client's W3C trace, or a new one. */
export const continueTrace = (traceparent: unknown): string =>
  typeof traceparent === 'string' && wellFormed.test(traceparent)
    ? traceparent
    : `00-${randomId(16)}-${randomId(8)}-01`;
