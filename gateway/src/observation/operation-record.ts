import type { Span } from '@emporium/telemetry';
import type { ClientName } from './client-name.ts';

/**
 * What is known of one operation, for log, metrics and traces, filled in on the way. Nothing of its text, its variables or
 * its viewer's credentials is ever here.
 */
export type OperationRecord = {
  readonly requestId: string;
  readonly client: ClientName;
  /** By `performance.now()`. */
  readonly began: number;
  readonly traceparent: string;
  readonly span: Span | undefined;
  /** Null until the document is known to hold it. */
  operation: { readonly type: string; readonly name: string } | null;
  /** Of the first error. */
  code: string | null;
};

const longestName = 64;

/** Notes which operation of its document is run. */
export const noteOperation = (
  record: OperationRecord,
  {
    operation,
    name,
  }: { readonly operation: string; readonly name?: { readonly value: string } | undefined },
): void => {
  record.operation = { type: operation, name: name?.value.slice(0, longestName) ?? 'anonymous' };
};

/** Notes an error of the answer; the first says what went wrong. */
export const noteError = (record: OperationRecord, extensions: Readonly<Record<string, unknown>>): void => {
  const { code } = extensions;
  record.code ??= typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
};
