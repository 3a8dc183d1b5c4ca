import type { ApolloServerPlugin } from '@apollo/server';
import { invalidOperation } from '../errors.ts';
import type { RequestContext } from '../execution/request-context.ts';

/** One error that tells nothing, instead of all that would give a hidden schema away field by field. */
export const hideValidation: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body } }) => {
      if (body.kind !== 'single') return;
      const { errors } = body.singleResult;
      if (errors?.some(({ extensions }) => extensions?.code === 'GRAPHQL_VALIDATION_FAILED'))
        body.singleResult.errors = [invalidOperation().toJSON()];
    },
  }),
};
