import type { GraphQLFormattedError } from 'graphql';

/** HTTP's word for what an error's code says; a refusal by a rule of the graph has none of its own. */
const statuses: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  STEP_UP_REQUIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  INVALID_SUBGRAPH_ANSWER: 502,
  SUBGRAPH_UNAVAILABLE: 503,
};
const refusedByRule = 422;

/** An answer that has errors only, with the status of the first one. What sofa-api itself refuses is the client's mistake. */
export const restErrors = (errors: readonly GraphQLFormattedError[]): Response => {
  const told = errors.map(({ message, path, extensions: { http, ...extensions } = {} }) => ({
    message,
    ...(path ? { path } : {}),
    extensions: { code: 'BAD_USER_INPUT', ...extensions },
  }));
  const code = String(told[0]?.extensions.code);
  return Response.json({ errors: told }, { status: statuses[code] ?? refusedByRule });
};

/** For a header beside data that is not whole: where it is not, and why. Paths and codes only, in ASCII. */
export const tellPartial = (errors: readonly GraphQLFormattedError[]): string => {
  const told = errors.slice(0, 10).map(({ path, extensions }) => ({
    path: path?.join('.') ?? null,
    code: String(extensions?.code),
  }));
  return JSON.stringify(told).replace(/[^\x20-\x7e]/g, '?');
};
