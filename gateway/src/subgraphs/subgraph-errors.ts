import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from '../logger.ts';

const notForClients = ['stacktrace', 'exception', 'http'];

/**
 * Makes a subgraph's errors fit for clients. One with a code of its own was meant for them and passes, without stack
 * traces; one without is a failure that nobody worded for them, and is logged and masked.
 */
export const presentErrors = (
  errors: readonly GraphQLFormattedError[],
  serviceName: string,
  logger: Logger,
): GraphQLFormattedError[] =>
  errors.map((error) => {
    const { code } = error.extensions ?? {};
    const path = error.path ? { path: error.path } : {};
    if (typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR') {
      logger.error({ subgraph: serviceName, reason: error.message, ...path }, 'a subgraph failed');
      return { message: internalErrorMessage, ...path, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    }
    const extensions = Object.entries(error.extensions ?? {}).filter(
      ([name]) => !notForClients.includes(name),
    );
    return { message: error.message, ...path, extensions: Object.fromEntries(extensions) };
  });

/** What a client is told of a failure that is ours. */
export const internalErrorMessage = 'Something went wrong on our side. Try again.';
