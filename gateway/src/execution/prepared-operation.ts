import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { type Caching, prepareCaching, prepareChanges } from '../caching/caching.ts';
import type { FindChanges } from '../caching/changes.ts';
import { fragmentsOf } from '../fragments-of.ts';
import type { Graph } from '../supergraph/graph.ts';
import { type Conditions, conditionVariables, decided, perConditions } from './conditions.ts';
import { withoutDefers } from './defer/defers.ts';
import { compilePlainVariables } from './plain-variables.ts';
import { compilePlan } from './plan/compile-plan.ts';
import type { Step } from './plan/run.ts';
import { compileShape, type Shape } from './shape/compile-shape.ts';

/** An operation as its document tells it. */
export type ReadOperation = {
  readonly graph: Graph;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly conditionsOf: (coerced: Readonly<Record<string, unknown>>) => Conditions;
  readonly arePlain: ReturnType<typeof compilePlainVariables>;
};

/** How an operation is answered whose conditions are decided. */
export type Form = {
  readonly plan: QueryPlan;
  /** What is fetched; null when nothing is. */
  readonly step: Step | null;
  readonly shape: Shape;
};

/** A query or mutation with all that can be known of it before it is run: done once per document. */
export type PreparedOperation = ReadOperation & {
  /** Throws for what the planner refuses. */
  readonly formFor: (conditions: Conditions) => Form;
  /** How its answers are kept; null when they are not. */
  readonly caching: Caching | null;
  /** What a mutation's answer says that it changed; null when nothing is kept that it could have. */
  readonly changesOf: FindChanges | null;
};

/** Prepares a validated operation, all of it to be answered at once. */
export const prepareOperation = (
  graph: Graph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): PreparedOperation => {
  const read = readOperation(graph, withoutDefers(document), definition.name?.value);
  return {
    ...read,
    formFor: perConditions((conditions) => {
      const plan = planOf(graph, decided(read.document, conditions), definition.name?.value);
      const { node } = plan;
      if (node?.kind === 'Subscription') throw new Error('a subscription is not run like a query');
      return {
        plan,
        step: node ? compilePlan(node, graph.isOfType) : null,
        shape: shapeOf(read, conditions),
      };
    }),
    caching: prepareCaching(graph, document, definition),
    changesOf: prepareChanges(graph, document, definition),
  };
};

/** Reads the operation of this name, or the only one. */
export const readOperation = (
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
): ReadOperation => {
  const definition = getOperationAST(document, operationName);
  if (!definition) throw new Error('the document has no such operation');
  const variables = conditionVariables(document);
  return {
    graph,
    document,
    definition,
    fragments: fragmentsOf(document),
    arePlain: compilePlainVariables(graph.clientSchema, definition),
    conditionsOf: (coerced) =>
      Object.fromEntries(variables.map((variable) => [variable, coerced[variable] === true])),
  };
};

/** Throws for what the planner refuses. */
export const planOf = (
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
): QueryPlan =>
  graph.planner.buildQueryPlan(
    operationFromDocument(
      graph.apiSchema,
      graph.wireNames.renamed(document),
      operationName === undefined ? {} : { operationName },
    ),
  );

export const shapeOf = ({ graph, definition, fragments }: ReadOperation, conditions: Conditions): Shape => {
  const rootType = graph.clientSchema.getRootType(definition.operation);
  if (!rootType) throw new Error(`the schema has no ${definition.operation}`);
  return compileShape(definition, rootType, {
    schema: graph.clientSchema,
    fragments,
    conditions,
    wireName: graph.wireNames.nameOf,
  });
};

/** The plan by which an operation runs with these variables; null when it does not. */
export const planFor = (
  operation: ReadOperation & { readonly formFor: (conditions: Conditions) => { readonly plan: QueryPlan } },
  variables: Readonly<Record<string, unknown>>,
): QueryPlan | null => {
  const read = coerceVariables(operation, variables);
  return read.errors ? null : operation.formFor(operation.conditionsOf(read.coerced)).plan;
};

export type CoercedVariables =
  | { readonly coerced: Readonly<Record<string, unknown>>; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[] };

/** A client's variables, with their defaults; or what is wrong with them, before any subgraph is asked. */
export const coerceVariables = (
  { graph, definition, arePlain }: ReadOperation,
  variables: Readonly<Record<string, unknown>>,
): CoercedVariables => {
  if (arePlain?.(variables)) return { coerced: variables };
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
