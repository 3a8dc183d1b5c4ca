import type { FetchNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { BoundedMap } from '../bounded-map.ts';
import { invalidOperation, noSuchOperation } from '../errors.ts';
import { type Conditions, decided, perConditions } from '../execution/conditions.ts';
import { withoutDefers } from '../execution/defer/defers.ts';
import { compileReceive, type Receive } from '../execution/plan/compile-fetch.ts';
import { compilePlan } from '../execution/plan/compile-plan.ts';
import type { Step } from '../execution/plan/run.ts';
import { planOf, type ReadOperation, readOperation, shapeOf } from '../execution/prepared-operation.ts';
import type { Shape } from '../execution/shape/compile-shape.ts';
import type { Graph } from '../supergraph/graph.ts';
import { type PrimaryOperations, primaryOperations } from './primary-operations.ts';

/** A subscription, planned: one upstream subscription, and what each of its events asks of the other subgraphs. */
export type PlannedSubscription = {
  readonly kind: 'subscription';
  readonly document: DocumentNode;
  readonly prepared: ReadOperation;
  readonly formFor: (conditions: Conditions) => SubscriptionForm;
};

/** A subscription whose conditions are decided. */
export type SubscriptionForm = {
  readonly primary: FetchNode;
  /** Takes an event in, as the answer to the primary fetch. */
  readonly receive: Receive;
  readonly operations: PrimaryOperations;
  /** What each event asks of the other subgraphs; null when that is nothing. */
  readonly step: Step | null;
  readonly shape: Shape;
};

/** An operation that came over a socket or a stream of events: a subscription for us, or a query or mutation for Apollo Server. */
export type StreamOperation =
  | PlannedSubscription
  | { readonly kind: 'request'; readonly isMutation: boolean }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] };

export type PrepareOperation = (query: string, operationName: string | undefined) => StreamOperation;

type Limits = { readonly introspection: boolean; readonly maxTokens: number };

const rememberedOperations = 500;
const longestRemembered = 32 * 1024;

/** Parses, validates and plans each operation once; forgets those least recently used. Refusals are not remembered. */
export const createPrepareOperation = (graph: () => Graph, limits: Limits): PrepareOperation => {
  let preparedFor: Graph | undefined;
  let prepared = new BoundedMap<string, StreamOperation>(rememberedOperations);
  return (query, operationName) => {
    const current = graph();
    if (preparedFor !== current) {
      preparedFor = current;
      prepared = new BoundedMap(rememberedOperations);
    }
    const key = `${operationName ?? ''}\n${query}`;
    const hit = prepared.get(key);
    if (hit) return hit;
    const operation = prepare(current, query, operationName, limits);
    if (operation.kind !== 'refused' && key.length <= longestRemembered) prepared.set(key, operation);
    return operation;
  };
};

const prepare = (
  graph: Graph,
  query: string,
  operationName: string | undefined,
  limits: Limits,
): StreamOperation => {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: limits.maxTokens });
  } catch (error) {
    return refused('GRAPHQL_PARSE_FAILED', error);
  }
  const definition = getOperationAST(document, operationName);
  if (!definition) return refused('OPERATION_RESOLUTION_FAILURE', noSuchOperation());
  // Apollo Server does all of the rest for queries and mutations.
  if (definition.operation !== 'subscription')
    return { kind: 'request', isMutation: definition.operation === 'mutation' };
  const errors = validateSubscription(graph, document, limits);
  if (errors.length > 0)
    return limits.introspection
      ? refused('GRAPHQL_VALIDATION_FAILED', ...errors)
      : { kind: 'refused', errors: [invalidOperation()] };
  try {
    return planSubscription(graph, document, definition);
  } catch (error) {
    return refused('GRAPHQL_VALIDATION_FAILED', error);
  }
};

/** graphql-js throws out of `validate` for a root field under `@include(if: $variable)`; let through, that would close the socket. */
const validateSubscription = (
  graph: Graph,
  document: DocumentNode,
  limits: Limits,
): readonly GraphQLError[] => {
  const rules = limits.introspection
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  try {
    return validate(graph.clientSchema, document, rules, { hideSuggestions: !limits.introspection });
  } catch {
    return [new GraphQLError('The root field of a subscription cannot be under @include or @skip.')];
  }
};

/** Plans it at once, whatever its conditions, so that what cannot be planned is refused. */
const planSubscription = (
  graph: Graph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): StreamOperation => {
  const read = readOperation(graph, withoutDefers(document), definition.name?.value);
  const formFor = perConditions((conditions) => compileForm(read, conditions));
  formFor(read.conditionsOf({}));
  return { kind: 'subscription', document, prepared: read, formFor };
};

const compileForm = (read: ReadOperation, conditions: Conditions): SubscriptionForm => {
  const { graph, document, definition } = read;
  const { node } = planOf(graph, decided(document, conditions), definition.name?.value);
  if (node?.kind !== 'Subscription')
    throw new GraphQLError('A subscription needs exactly one root field, unconditionally.');
  const { primary, rest } = node;
  return {
    primary,
    receive: compileReceive(primary, [], graph.isOfType),
    operations: primaryOperations(node, (field) => graph.resumable.get(field)),
    step: rest ? compilePlan(rest, graph.isOfType) : null,
    shape: shapeOf(read, conditions),
  };
};

const refused = (code: string, ...causes: readonly unknown[]): StreamOperation => ({
  kind: 'refused',
  errors: causes.map((cause) => {
    if (!(cause instanceof GraphQLError)) throw cause;
    const { message, nodes = null, source = null, positions = null } = cause;
    return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
  }),
});
