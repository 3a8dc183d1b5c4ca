import type { OperationHooks } from '../apollo/operation-hooks.ts';
import { blame } from './blame.ts';
import { noteError, noteOperation } from './operation-record.ts';

/** Notes what is found out about an operation: which it is, and what went wrong. */
export const observeExecution: OperationHooks = {
  didResolveOperation: async ({ operation, contextValue: { record } }) => {
    if (operation) noteOperation(record, operation);
  },
  didEncounterErrors: async ({ errors, contextValue: { record } }) => {
    for (const error of errors) {
      noteError(record, error.extensions);
      blame(error, record.requestId);
    }
  },
};
