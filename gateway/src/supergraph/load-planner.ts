import { ApolloGateway } from '@apollo/gateway';
import type { QueryPlanner, QueryPlannerConfig } from '@apollo/query-planner';
import type { ApolloLogger } from '../logger.ts';

/** Plans are made for answers in parts, too. */
export const plannerConfig: QueryPlannerConfig = { incrementalDelivery: { enableDefer: true } };

/**
 * Loads and checks a supergraph as @apollo/gateway does, and gives the planner that it made of it. Rejects for SDL that
 * is no supergraph. The gateway is thrown away: one that refuses its `update` may have changed all the same.
 */
export const loadPlanner = async (sdl: string, logger: ApolloLogger): Promise<QueryPlanner> => {
  const apollo = new ApolloGateway({
    // Whoever asks tells of what is refused.
    logger: { ...logger, error: logger.debug },
    supergraphSdl: sdl,
    validateSupergraph: true,
    queryPlannerConfig: plannerConfig,
    buildService: ({ name }) => ({
      process: () => Promise.reject(new Error(`${name} is not asked by Apollo's executor`)),
    }),
  });
  await apollo.load();
  const { queryPlanner } = apollo.__testing();
  await apollo.stop();
  if (!queryPlanner) throw new Error('@apollo/gateway has loaded a supergraph and has no planner for it');
  return queryPlanner;
};
