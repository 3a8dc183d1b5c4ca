import { type GraphQLError, Kind } from 'graphql';
import type { OperationHooks } from './operation-hooks.ts';

const codes: readonly unknown[] = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'];

/**
 * Notes answers that have nothing but what GraphQL calls request errors: a document that is not understood, or variables
 * that do not fit it. Limits are none of these.
 */
export const noteRequestErrors: OperationHooks = {
  didEncounterErrors: async ({ errors, contextValue: { outcome } }) => {
    if (outcome) outcome.isRequestError = errors.every(isRequestError);
  },
};

const isRequestError = ({ extensions, nodes }: GraphQLError): boolean =>
  codes.includes(extensions.code) || nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
