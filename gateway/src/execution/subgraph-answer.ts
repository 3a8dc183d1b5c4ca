import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import type { RawAnswer } from './subgraph-transport.ts';

/** A GraphQL response of a subgraph, still as its own. */
export type SubgraphAnswer = {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[];
};

const formattedError = z.looseObject({
  message: z.string().catch(''),
  path: z
    .array(z.union([z.string(), z.number()]))
    .optional()
    .catch(undefined),
  extensions: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

const envelope = z
  .object({
    data: z.record(z.string(), z.unknown()).nullish(),
    errors: z.array(formattedError).nonempty().optional(),
  })
  .refine(({ data, errors }) => data !== undefined || errors !== undefined, 'neither data nor errors');

/** Never shown to clients: says in the log why a subgraph counts as unavailable. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
}

/**
 * Reads an answer as GraphQL, or throws UnusableAnswer: for statuses that speak of the gateway and not of the operation
 * (401, 403, 5xx, redirects), for HTML, and for JSON that is no GraphQL response.
 */
export const readAnswer = ({ status, contentType, body }: RawAnswer): SubgraphAnswer => {
  if (status === 401 || status === 403 || status >= 500 || (status >= 300 && status < 400))
    throw new UnusableAnswer(`status ${status}`);
  if (!/\bjson\b/i.test(contentType)) throw new UnusableAnswer(`content type "${contentType}"`);
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new UnusableAnswer('not JSON');
  }
  const read = envelope.safeParse(json);
  if (!read.success) throw new UnusableAnswer('not a GraphQL response');
  const { data, errors } = read.data;
  return { data, ...(errors ? { errors: errors as GraphQLFormattedError[] } : {}) };
};
