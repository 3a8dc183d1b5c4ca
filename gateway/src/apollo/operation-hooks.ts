import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { RequestContext } from '../execution/request-context.ts';

/** An operation whose document is valid, before it is executed. `operation` is undefined when the document has no such one. */
export type ResolvedOperation = Pick<
  GraphQLRequestContextDidResolveOperation<RequestContext>,
  'operation' | 'document' | 'schema' | 'request' | 'contextValue'
>;

/** What is done about each operation: alike, whether Apollo Server has to read its document or it is known already. */
export type OperationHooks = {
  /** Throws a GraphQLError to refuse it. */
  didResolveOperation?(resolved: ResolvedOperation): Promise<void>;
  didEncounterErrors?(encountered: {
    readonly errors: readonly GraphQLError[];
    readonly contextValue: RequestContext;
  }): Promise<void>;
};

export const asPlugin = (hooks: OperationHooks): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: async () => hooks,
});
