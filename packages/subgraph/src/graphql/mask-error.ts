import { GraphQLError } from 'graphql';
import type { Logger } from '../logger.ts';

/** Bugs become one masked error; only what was thrown as a GraphQLError on purpose reaches a client. */
export const maskError = (error: unknown, logger: Logger): GraphQLError => {
  const located =
    error instanceof GraphQLError ? error : new GraphQLError('', { originalError: asError(error) });
  const cause = located.originalError;
  if (!cause || cause instanceof GraphQLError) return located;
  logger.error({ err: cause, path: located.path }, 'a resolver failed');
  return new GraphQLError('Something went wrong on our side. Try again.', {
    ...(located.nodes ? { nodes: located.nodes } : {}),
    ...(located.path ? { path: located.path } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
