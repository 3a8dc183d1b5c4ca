import { operationFromDocument } from '@apollo/federation-internals';
import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  visit,
} from 'graphql';
import { BoundedMap } from '../bounded-map.ts';
import { type Caching, prepareCaching, prepareChanges } from '../caching/caching.ts';
import type { FindChanges } from '../caching/changes.ts';
import type { Graph } from '../supergraph/graph.ts';
import { compilePlan } from './plan/compile-plan.ts';
import type { Step } from './plan/run.ts';
import { compileShape, type Shape } from './shape/compile-shape.ts';

/** An operation with all that can be known of it before it is run: done once per document. */
export type PreparedOperation = {
  readonly graph: Graph;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly plan: QueryPlan;
  /** The fetch that a subscription begins with; null for queries and mutations. */
  readonly primary: FetchNode | null;
  /** What is fetched, after the primary fetch if there is one; null when nothing is. */
  readonly step: Step | null;
  /** The Boolean variables by which the operation includes and skips. */
  readonly conditionsOf: (coerced: Readonly<Record<string, unknown>>) => Readonly<Record<string, boolean>>;
  readonly shapeFor: (conditions: Readonly<Record<string, boolean>>) => Shape;
  /** How its answers are kept; null when they are not. */
  readonly caching: Caching | null;
  /** What a mutation's answer says that it changed; null when nothing is kept that it could have. */
  readonly changesOf: FindChanges | null;
};

const rememberedShapes = 32;

/** Plans a validated operation and compiles what its runs share. Throws for what the planner refuses. */
export const prepareOperation = (
  graph: Graph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): PreparedOperation => {
  const name = definition.name ? { operationName: definition.name.value } : {};
  const plan = graph.planner.buildQueryPlan(operationFromDocument(graph.apiSchema, document, name));
  const { primary, rest } = partsOf(plan);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const other of document.definitions)
    if (other.kind === Kind.FRAGMENT_DEFINITION) fragments.set(other.name.value, other);
  const rootType = graph.clientSchema.getRootType(definition.operation);
  if (!rootType) throw new Error(`the schema has no ${definition.operation}`);

  const variables = conditionVariables(document);
  const shapes = new BoundedMap<string, Shape>(rememberedShapes);
  return {
    graph,
    definition,
    fragments,
    plan,
    primary,
    step: rest ? compilePlan(rest, graph.isOfType) : null,
    conditionsOf: (coerced) =>
      Object.fromEntries(variables.map((variable) => [variable, coerced[variable] === true])),
    shapeFor: (conditions) => {
      const key = variables.map((variable) => (conditions[variable] ? '1' : '0')).join('');
      const known = shapes.get(key);
      if (known) return known;
      const shape = compileShape(definition, rootType, {
        schema: graph.clientSchema,
        fragments,
        conditions,
      });
      shapes.set(key, shape);
      return shape;
    },
    caching: prepareCaching(graph, document, definition),
    changesOf: prepareChanges(graph, document, definition),
  };
};

const partsOf = ({ node }: QueryPlan) =>
  node?.kind === 'Subscription'
    ? { primary: node.primary, rest: node.rest }
    : { primary: null, rest: node };

const conditionVariables = (document: DocumentNode): readonly string[] => {
  const names = new Set<string>();
  const collect = ({ directives }: SelectionNode): void => {
    for (const { name, arguments: given } of directives ?? []) {
      if (name.value !== 'include' && name.value !== 'skip') continue;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    }
  };
  visit(document, { Field: collect, FragmentSpread: collect, InlineFragment: collect });
  return [...names];
};

export type CoercedVariables =
  | { readonly coerced: Readonly<Record<string, unknown>>; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[] };

/** A client's variables, with their defaults; or what is wrong with them, before any subgraph is asked. */
export const coerceVariables = (
  { graph, definition }: Pick<PreparedOperation, 'graph' | 'definition'>,
  variables: Readonly<Record<string, unknown>>,
): CoercedVariables => {
  const { coerced, errors } = getVariableValues(
    graph.clientSchema,
    definition.variableDefinitions ?? [],
    variables,
  );
  if (coerced) return { coerced };
  return {
    errors: errors.map(
      ({ message, nodes }) =>
        new GraphQLError(message, {
          nodes: nodes ?? null,
          extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
        }),
    ),
  };
};
