import type { ApolloServerOptions, ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../execution/request-context.ts';

type Options = {
  readonly key: string | undefined;
  readonly graphRef: string | undefined;
  /** Where reports go; by default to Apollo Studio. */
  readonly endpoint: string | undefined;
};

/** What Apollo Server needs for it. */
export type UsageReporting = {
  readonly apollo: NonNullable<ApolloServerOptions<RequestContext>['apollo']>;
  readonly plugins: readonly ApolloServerPlugin<RequestContext>[];
};

/**
 * Reports to Apollo Studio which operations were run, for whom, how long they took and how they ended; loaded only for a
 * graph that is registered there. Neither variables nor headers go out, and of an error only where it was.
 */
export const usageReporting = async ({ key, graphRef, endpoint }: Options): Promise<UsageReporting> => {
  if (key === undefined || graphRef === undefined) return { apollo: {}, plugins: [] };
  const { ApolloServerPluginUsageReporting } = await import('@apollo/server/plugin/usageReporting');
  const plugin = ApolloServerPluginUsageReporting<RequestContext>({
    sendHeaders: { none: true },
    sendVariableValues: { none: true },
    sendErrors: { masked: true },
    // Fields are resolved in subgraphs, whose traces are not asked for.
    fieldLevelInstrumentation: 0,
    ...(endpoint === undefined ? {} : { endpointUrl: endpoint }),
  });
  return { apollo: { key, graphRef }, plugins: [plugin, subgraphErrors] };
};

/** Says where subgraphs failed: the reports would otherwise expect it in their traces. */
const subgraphErrors: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, metrics }) => {
      metrics.nonFtv1ErrorPaths = errors.flatMap(({ path, extensions: { serviceName } }) =>
        typeof serviceName === 'string' ? [{ subgraph: serviceName, path }] : [],
      );
    },
  }),
};
