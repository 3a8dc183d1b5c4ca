import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../execution/request-context.ts';
import { blame } from './blame.ts';
import { noteError, noteOperation } from './operation-record.ts';

/** Notes what Apollo Server finds out about an operation: which it is, and what went wrong. */
export const observeExecution: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, contextValue: { record } }) => {
      if (operation) noteOperation(record, operation);
    },
    didEncounterErrors: async ({ errors, contextValue: { record } }) => {
      for (const error of errors) {
        noteError(record, error.extensions);
        blame(error, record.requestId);
      }
    },
  }),
};
