import type { GraphQLFormattedError } from 'graphql';
import type { RawAnswer } from './subgraph-transport.ts';

/** A GraphQL response of a subgraph, still as its own. */
export type SubgraphAnswer = {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[];
};

/** Never shown to clients: says in the log why a subgraph counts as unavailable. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads an answer as GraphQL, or throws UnusableAnswer: for statuses that speak of the gateway and not of the operation
 * (401, 403, 5xx, redirects), for HTML, and for JSON that is no GraphQL response.
 */
export const readAnswer = ({ status, contentType, body }: RawAnswer): SubgraphAnswer => {
  if (status === 401 || status === 403 || status >= 500 || (status >= 300 && status < 400))
    throw new UnusableAnswer(`status ${status}`, status);
  if (!/\bjson\b/i.test(contentType)) throw new UnusableAnswer(`content type "${contentType}"`, status);
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new UnusableAnswer('not JSON', status);
  }
  if (!isAnswer(json)) throw new UnusableAnswer('not a GraphQL response', status);
  const { data, errors } = json;
  return { data, ...(errors ? { errors: errors.map(asError) } : {}) };
};

type Envelope = { readonly data?: Record<string, unknown> | null; readonly errors?: readonly unknown[] };

/** By hand, since it is read on every fetch: data, errors or both, of the right kinds. */
const isAnswer = (json: unknown): json is Envelope => {
  if (!isObject(json)) return false;
  const { data, errors } = json;
  if (data !== undefined && data !== null && !isObject(data)) return false;
  if (errors !== undefined && !(Array.isArray(errors) && errors.length > 0)) return false;
  return data !== undefined || errors !== undefined;
};

/** An error as far as it is one: what has the wrong kind is left out. */
const asError = (error: unknown): GraphQLFormattedError => {
  const { message, path, extensions } = isObject(error) ? error : {};
  return {
    message: typeof message === 'string' ? message : '',
    ...(isPath(path) ? { path } : {}),
    ...(isObject(extensions) ? { extensions } : {}),
  };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPath = (value: unknown): value is (string | number)[] =>
  Array.isArray(value) && value.every((step) => typeof step === 'string' || typeof step === 'number');
