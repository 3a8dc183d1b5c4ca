import type { GraphQLFormattedError } from 'graphql';
import { isLegacyClient } from './media-types.ts';

/** Documents that are not understood, and variables that do not fit them: what GraphQL calls request errors. */
const requestErrors = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'];

/**
 * GraphQL over HTTP asks for 200 where a client reads `application/json` alone: it could not tell our 400 from one of a proxy.
 * Limits stay a 400, as does a request that is no GraphQL.
 */
export const legacyStatus = (status: number, accept: string | undefined, body: string): number =>
  status === 400 && isLegacyClient(accept) && hasRequestErrorsOnly(body) ? 200 : status;

const hasRequestErrorsOnly = (body: string): boolean => {
  const { errors = [] } = JSON.parse(body) as { errors?: readonly GraphQLFormattedError[] };
  return errors.every(
    ({ message, extensions }) =>
      requestErrors.includes(String(extensions?.code)) || message.startsWith('Variable "$'),
  );
};
