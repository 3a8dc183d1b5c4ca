import { type Schema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { type GraphQLSchema, parse } from 'graphql';
import { type CacheHints, readCacheHints } from '../caching/cache-hints.ts';
import type { IsOfType } from '../execution/plan/representations.ts';
import { createWireNames, type WireNames } from '../execution/wire-names.ts';
import { type Costs, findCosts } from './costs.ts';
import { readInnerFields } from './inner-fields.ts';
import { createIsOfType } from './is-of-type.ts';
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

/** Builds everything that can fail before anything is replaced; throws for SDL that is no supergraph, or could not be executed rightly. */
export const buildGraph = (sdl: string): Graph => {
  const document = parse(sdl);
  const supergraph = Supergraph.build(document);
  const apiSchema = supergraph.apiSchema();
  const schema = supergraph.schema.toGraphQLJSSchema();
  const clientSchema = apiSchema.toGraphQLJSSchema({ includeDefer: true });
  return {
    sdl,
    subgraphs: supergraph.subgraphsMetadata(),
    planner: new QueryPlanner(supergraph, { incrementalDelivery: { enableDefer: true } }),
    apiSchema,
    clientSchema,
    isOfType: createIsOfType(schema),
    costs: findCosts(supergraph.schema),
    wireNames: createWireNames(readInnerFields(document, schema)),
    resumable: findResumable(document, clientSchema.getSubscriptionType()?.name ?? 'Subscription'),
    cacheHints: readCacheHints(document),
  };
};
