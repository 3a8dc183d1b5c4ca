import type { HTTPGraphQLRequest } from '@apollo/server';

/** A request for one operation by its text, with nothing unusual about it. */
export type PlainRequest = {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
  readonly extensions?: Record<string, unknown>;
  readonly http: HTTPGraphQLRequest;
};

/** Null for what is not such a request: GET, batches, hashes of documents, and whatever has a field of the wrong kind. */
export const readPlainRequest = (http: HTTPGraphQLRequest): PlainRequest | null => {
  if (http.method !== 'POST' || !isRecord(http.body)) return null;
  const { query, operationName, variables, extensions } = http.body;
  if (typeof query !== 'string') return null;
  if (!isAbsent(operationName) && typeof operationName !== 'string') return null;
  if (!isAbsent(variables) && !isRecord(variables)) return null;
  if (!isAbsent(extensions) && (!isRecord(extensions) || 'persistedQuery' in extensions)) return null;
  return {
    query,
    ...(isAbsent(operationName) ? {} : { operationName }),
    ...(isAbsent(variables) ? {} : { variables }),
    ...(isAbsent(extensions) ? {} : { extensions }),
    http,
  };
};

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
