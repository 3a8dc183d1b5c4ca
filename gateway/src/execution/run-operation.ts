import type { ExecutionResult, GraphQLError } from 'graphql';
import type { AskSubgraph, Run } from './plan/run.ts';
import { coerceVariables, type PreparedOperation, type ReadOperation } from './prepared-operation.ts';
import type { Shape } from './shape/compile-shape.ts';
import { createIntrospect } from './shape/introspect.ts';

/** Runs a prepared query or mutation. Bad variables are errors before any subgraph is asked. */
export const runOperation = async (
  prepared: PreparedOperation,
  variables: Readonly<Record<string, unknown>>,
  ask: AskSubgraph,
): Promise<ExecutionResult> => {
  const run = beginRun(prepared, variables, ask);
  if ('refused' in run) return { errors: run.refused };
  const { step, shape } = prepared.formFor(run.conditions);
  await step?.(run);
  return finishRun(prepared, shape, run);
};

/** A run with nothing fetched yet, or why there can be none. */
export const beginRun = (
  prepared: ReadOperation,
  variables: Readonly<Record<string, unknown>>,
  ask: AskSubgraph,
): Run | { readonly refused: readonly GraphQLError[] } => {
  const read = coerceVariables(prepared, variables);
  if (read.errors) return { refused: read.errors };
  return { variables, conditions: prepared.conditionsOf(read.coerced), ask, data: {}, errors: [] };
};

/** What the client gets of all that was fetched. */
export const finishRun = (
  { definition, fragments, graph }: ReadOperation,
  shape: Shape,
  { data, errors, variables }: Run,
): ExecutionResult => {
  const introspect = createIntrospect(graph.clientSchema, definition, fragments.values(), variables);
  const shaped = shape(data, errors, introspect);
  return errors.length > 0 ? { data: shaped, errors } : { data: shaped };
};
