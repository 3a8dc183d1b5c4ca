import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '../logger.ts';
import { requestOfError } from '../observation/blame.ts';
import { internalErrorMessage } from './subgraph-errors.ts';

/** Lets errors with a code through; every other is a bug of the gateway's, which is logged and masked. */
export const maskError =
  (logger: Logger) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { code, serviceName } = formatted.extensions ?? {};
    if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return withoutHttp(formatted);
    const alreadyTold = typeof serviceName === 'string' && formatted.message === internalErrorMessage;
    if (!alreadyTold)
      logger.error({ err: causeOf(error), requestId: requestOfError(error) }, 'an operation failed');
    return {
      message: internalErrorMessage,
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(serviceName ? { serviceName } : {}) },
    };
  };

/** The status is for HTTP, where Apollo Server has read it by now; it is no part of the error. */
const withoutHttp = (formatted: GraphQLFormattedError): GraphQLFormattedError => {
  if (!formatted.extensions?.http) return formatted;
  const { http: _, ...extensions } = formatted.extensions;
  return { ...formatted, extensions };
};

const causeOf = (error: unknown): unknown =>
  error instanceof GraphQLError ? (error.originalError ?? error) : error;
