import { type Schema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { assertValidSchema, type GraphQLSchema, parse } from 'graphql';
import { type CacheHints, readCacheHints } from '../caching/cache-hints.ts';
import type { IsOfType } from '../execution/plan/representations.ts';
import { createWireNames, type WireNames } from '../execution/wire-names.ts';
import type { ApolloLogger } from '../logger.ts';
import { type Costs, findCosts } from './costs.ts';
import { readInnerFields } from './inner-fields.ts';
import { createIsOfType } from './is-of-type.ts';
import { loadPlanner, plannerConfig } from './load-planner.ts';
import { findResumable, type Resumption } from './resumable.ts';
import type { Subgraph } from './subgraph-urls.ts';

/** A supergraph that is known to load and to plan, with all that subscriptions need of it. */
export type Graph = {
  readonly sdl: string;
  readonly subgraphs: readonly Subgraph[];
  readonly planner: QueryPlanner;
  /** What clients see, in federation's own form and in graphql-js's. */
  readonly apiSchema: Schema;
  readonly clientSchema: GraphQLSchema;
  readonly isOfType: IsOfType;
  readonly costs: Costs;
  readonly wireNames: WireNames;
  readonly resumable: ReadonlyMap<string, Resumption>;
  /** Null when no answer may be kept. */
  readonly cacheHints: CacheHints | null;
};

/** A graph that can be served, of what @apollo/gateway has loaded; rejects for SDL that is no supergraph, or could not be executed rightly. */
export const loadGraph = async (sdl: string, logger: ApolloLogger): Promise<Graph> =>
  graphOf(sdl, await loadPlanner(sdl, logger));

/** The same at once, without a gateway of Apollo's. */
export const buildGraph = (sdl: string): Graph =>
  graphOf(sdl, new QueryPlanner(Supergraph.build(sdl), plannerConfig));

/** Builds everything that can fail before anything is replaced. */
const graphOf = (sdl: string, planner: QueryPlanner): Graph => {
  const document = parse(sdl);
  const { supergraph } = planner;
  const apiSchema = supergraph.apiSchema();
  const schema = supergraph.schema.toGraphQLJSSchema();
  const clientSchema = apiSchema.toGraphQLJSSchema({ includeDefer: true });
  assertValidSchema(clientSchema);
  return {
    sdl,
    subgraphs: supergraph.subgraphsMetadata(),
    planner,
    apiSchema,
    clientSchema,
    isOfType: createIsOfType(schema),
    costs: findCosts(supergraph.schema),
    wireNames: createWireNames(readInnerFields(document, schema)),
    resumable: findResumable(document, clientSchema.getSubscriptionType()?.name ?? 'Subscription'),
    cacheHints: readCacheHints(document),
  };
};
