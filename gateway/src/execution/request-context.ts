import { randomBytes } from 'node:crypto';
import { readTraceparent } from '@emporium/telemetry';
import type { Viewer } from '../identity/viewer.ts';
import type { OperationRecord } from '../observation/operation-record.ts';

/** What execution knows of one operation. No header of the client is here but those that are named. */
export type RequestContext = {
  readonly viewer: Viewer;
  readonly traceparent: string;
  readonly record: OperationRecord;
  /** For the subgraph that keeps sessions, and for no other. */
  readonly sessionHeaders: Readonly<Record<string, string>>;
  /** Cookies that this subgraph sets; empty for ever where no response could carry them. */
  readonly setCookies: string[];
};

/** The client's W3C trace, or a new one. */
export const continueTrace = (traceparent: unknown): string =>
  typeof traceparent === 'string' && readTraceparent(traceparent)
    ? traceparent
    : `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
