import { operationFromDocument } from '@apollo/federation-internals';
import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
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
import { withoutDefers } from './defer/defers.ts';
import { compilePlan } from './plan/compile-plan.ts';
import type { Step } from './plan/run.ts';
import { compileShape, type Shape } from './shape/compile-shape.ts';

type Conditions = Readonly<Record<string, boolean>>;

/** An operation as it is planned, however it is then answered. */
export type PlannedOperation = {
  readonly graph: Graph;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly plan: QueryPlan;
  /** The Boolean variables by which the operation includes, skips and defers. */
  readonly conditionsOf: (coerced: Readonly<Record<string, unknown>>) => Conditions;
};

/** An operation with all that can be known of it before it is run: done once per document. */
export type PreparedOperation = PlannedOperation & {
  /** The fetch that a subscription begins with; null for queries and mutations. */
  readonly primary: FetchNode | null;
  /** What is fetched, after the primary fetch if there is one; null when nothing is. */
  readonly step: Step | null;
  readonly shapeFor: (conditions: Conditions) => Shape;
  /** How its answers are kept; null when they are not. */
  readonly caching: Caching | null;
  /** What a mutation's answer says that it changed; null when nothing is kept that it could have. */
  readonly changesOf: FindChanges | null;
};

/** Plans a validated operation, all of it to be answered at once, and compiles what its runs share. Throws for what the planner refuses. */
export const prepareOperation = (
  graph: Graph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): PreparedOperation => {
  const planned = planOperation(graph, withoutDefers(document), definition.name?.value);
  const { primary, rest } = partsOf(planned.plan);
  return {
    ...planned,
    primary,
    step: rest ? compilePlan(rest, graph.isOfType) : null,
    shapeFor: perConditions((conditions) => shapeOf(planned, conditions)),
    caching: prepareCaching(graph, document, definition),
    changesOf: prepareChanges(graph, document, definition),
  };
};

/** Plans the operation of this name, or the only one. */
export const planOperation = (
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
): PlannedOperation => {
  const definition = getOperationAST(document, operationName);
  if (!definition) throw new Error('the document has no such operation');
  const named = operationName === undefined ? {} : { operationName };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const other of document.definitions)
    if (other.kind === Kind.FRAGMENT_DEFINITION) fragments.set(other.name.value, other);
  const variables = conditionVariables(document);
  return {
    graph,
    definition,
    fragments,
    plan: graph.planner.buildQueryPlan(
      operationFromDocument(graph.apiSchema, graph.wireNames.renamed(document), named),
    ),
    conditionsOf: (coerced) =>
      Object.fromEntries(variables.map((variable) => [variable, coerced[variable] === true])),
  };
};

export const shapeOf = (
  { graph, definition, fragments }: PlannedOperation,
  conditions: Conditions,
): Shape => {
  const rootType = graph.clientSchema.getRootType(definition.operation);
  if (!rootType) throw new Error(`the schema has no ${definition.operation}`);
  return compileShape(definition, rootType, {
    schema: graph.clientSchema,
    fragments,
    conditions,
    wireName: graph.wireNames.nameOf,
  });
};

const rememberedConditions = 32;

/** What is compiled for conditions, compiled once for each of those that turn up. */
export const perConditions = <Compiled>(
  compile: (conditions: Conditions) => Compiled,
): ((conditions: Conditions) => Compiled) => {
  const remembered = new BoundedMap<string, Compiled>(rememberedConditions);
  return (conditions) => {
    const key = Object.values(conditions)
      .map((holds) => (holds ? '1' : '0'))
      .join('');
    const known = remembered.get(key);
    if (known) return known;
    const compiled = compile(conditions);
    remembered.set(key, compiled);
    return compiled;
  };
};

const partsOf = ({ node }: QueryPlan) =>
  node?.kind === 'Subscription'
    ? { primary: node.primary, rest: node.rest }
    : { primary: null, rest: node };

const conditional = new Set(['include', 'skip', 'defer']);

const conditionVariables = (document: DocumentNode): readonly string[] => {
  const names = new Set<string>();
  const collect = ({ directives }: SelectionNode): void => {
    for (const { name, arguments: given } of directives ?? []) {
      if (!conditional.has(name.value)) continue;
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
