import { readTraceparent } from '@emporium/telemetry';
import type { Viewer } from '../identity/viewer.ts';
import type { OperationRecord } from '../observation/operation-record.ts';
import type { Headers } from '../propagation/propagation.ts';
import type { DeferredAnswer } from './defer/run-deferral.ts';
import { randomId } from './random-id.ts';

/** What execution knows of one operation. No header of the client is here but those that are named. */
export type RequestContext = {
  readonly viewer: Viewer;
  readonly traceparent: string;
  readonly record: OperationRecord;
  /** What the client's request says in headers that subgraphs may get. */
  readonly propagated: Headers;
  /** For the subgraph that keeps sessions, and for no other. */
  readonly sessionHeaders: Readonly<Record<string, string>>;
  /** Cookies that this subgraph sets; empty for ever where no response could carry them. */
  readonly setCookies: string[];
  /** For a client that takes an answer in parts: what follows the first, when something does. */
  readonly parts: { rest: AsyncIterable<readonly DeferredAnswer[]> | null } | null;
  /** Headers that execution adds to the answer, where there is one that has headers. */
  readonly answerHeaders?: Record<string, string>;
  /** What execution says of the answer, where there is one whose status depends on it. */
  readonly outcome?: { isRequestError: boolean };
};

/** The client's W3C trace, or a new one. */
export const continueTrace = (traceparent: unknown): string =>
  typeof traceparent === 'string' && readTraceparent(traceparent)
    ? traceparent
    : `00-${randomId(16)}-${randomId(8)}-01`;
