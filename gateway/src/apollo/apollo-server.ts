import { ApolloServer, type ApolloServerOptions } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { noSuchOperation, subscriptionOverHttp } from '../errors.ts';
import { deferLabels, deferNoRootFields } from '../execution/defer/defer-rules.ts';
import type { RequestContext } from '../execution/request-context.ts';
import { refuseDeepVariables } from '../execution/variable-depth.ts';
import type { Admit } from '../limits/admission.ts';
import type { ApolloLogger } from '../logger.ts';
import type { Mask } from '../mask-error.ts';
import type { UsageReporting } from '../observation/usage-reporting.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import { hideValidation } from './hide-validation.ts';
import { asPlugin, type OperationHooks } from './operation-hooks.ts';

/** What Apollo Server asks of a gateway. */
export type ServerGateway = NonNullable<ApolloServerOptions<RequestContext>['gateway']>;

type Options = {
  readonly gateway: ServerGateway;
  readonly introspection: boolean;
  readonly maxTokens: number;
  readonly hooks: readonly OperationHooks[];
  readonly mask: Mask;
  readonly logger: ApolloLogger;
  readonly reporting: UsageReporting;
};

/** Apollo Server for queries and mutations: HTTP, parsing, validation and reporting are its own, execution is the gateway's. */
export const createApolloServer = (options: Options): ApolloServer<RequestContext> => {
  const { gateway, logger, introspection } = options;
  return new ApolloServer<RequestContext>({
    gateway,
    logger,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: options.maxTokens },
    validationRules: [deferLabels, deferNoRootFields],
    formatError: options.mask,
    apollo: options.reporting.apollo,
    plugins: [
      ...options.hooks.map(asPlugin),
      ...options.reporting.plugins,
      ...(introspection ? [] : [hideValidation]),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
};

/** Before execution: Apollo's gateway would call an operation that is not there a failure of its own. */
export const refuseWhatIsNotExecuted = (admit: Admit, rateLimits: RateLimits): OperationHooks => ({
  didResolveOperation: async ({ operation, document, request, contextValue }) => {
    if (!operation) throw noSuchOperation();
    if (operation.operation === 'subscription') throw subscriptionOverHttp();
    const variables = request.variables ?? {};
    const tooLarge = refuseDeepVariables(variables) ?? admit(document, operation, variables);
    if (tooLarge) throw tooLarge;
    const counted = rateLimits.ofStrictFields(document, operation, contextValue.viewer);
    if (counted) await counted;
  },
});
