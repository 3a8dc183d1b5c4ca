import {
  type DocumentNode,
  type GraphQLError,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { operationTooLarge } from '../errors.ts';
import type { Graph } from '../supergraph/graph.ts';
import { at, type Variables } from './amount.ts';
import { compileCost, type OperationCost } from './compile-cost.ts';
import { expandedSize } from './expanded-size.ts';
import { createPriceList, type PriceList } from './price-list.ts';
import { adviseShorter } from './shorter-page.ts';

/** What an operation may ask for, once its fragments are in place. */
export type OperationLimits = {
  readonly maxDepth: number;
  readonly maxRootFields: number;
  readonly maxFields: number;
  readonly maxNodes: number;
  readonly maxCost: number;
  /** The length of a list that nothing else tells. */
  readonly assumedListSize: number;
};

type Refuse = (variables: Variables) => GraphQLError | null;

/** Why a valid operation may not run with these variables; null when it may. */
export type Admit = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
) => GraphQLError | null;

/** Measures each operation once; a request pays only for what its variables decide. */
export const createAdmit = (graph: () => Graph, limits: OperationLimits): Admit => {
  const prices = new WeakMap<Graph, PriceList>();
  const compiled = new WeakMap<OperationDefinitionNode, Refuse>();

  const compile = (document: DocumentNode, operation: OperationDefinitionNode): Refuse => {
    const current = graph();
    const known = prices.get(current) ?? createPriceList(current.clientSchema, current.costs);
    prices.set(current, known);
    return compileRefusal(current, known, limits, document, operation);
  };

  return (document, operation, variables) => {
    let refuse = compiled.get(operation);
    if (!refuse) {
      refuse = compile(document, operation);
      compiled.set(operation, refuse);
    }
    return refuse(variables);
  };
};

const compileRefusal = (
  graph: Graph,
  prices: PriceList,
  limits: OperationLimits,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Refuse => {
  const tooLarge = refuseExpanded(document, operation, limits);
  if (tooLarge) return () => tooLarge;
  const cost = compileCost(document, operation, {
    schema: graph.clientSchema,
    prices,
    assumedListSize: limits.assumedListSize,
  });
  const refuse: Refuse = (variables) => refuseCost(cost, variables, limits);
  if (isKnown(cost)) {
    const refusal = refuse({});
    return () => refusal;
  }
  const defaults: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    if (defaultValue) defaults[variable.name.value] = valueFromASTUntyped(defaultValue);
  return (variables) => refuse({ ...defaults, ...variables });
};

const isKnown = ({ cost, nodes, slices }: OperationCost): boolean =>
  [cost, nodes, ...slices.map(({ given }) => given)].every((amount) => typeof amount === 'number');

const refuseExpanded = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { maxDepth, maxRootFields, maxFields }: OperationLimits,
): GraphQLError | null => {
  const { depth, rootFields, fields } = expandedSize(document, operation);
  if (depth > maxDepth)
    return operationTooLarge(
      `The operation nests ${depth} levels deep; at most ${maxDepth} are allowed. Ask for what lies deeper in another operation.`,
    );
  if (rootFields > maxRootFields)
    return operationTooLarge(
      `The operation has ${rootFields} fields at its root; at most ${maxRootFields} are allowed. Split it into several.`,
    );
  if (fields > maxFields)
    return operationTooLarge(
      `The operation has ${fields} fields, fragments put in place; at most ${maxFields} are allowed. Split it into several.`,
    );
  return null;
};

const refuseCost = (
  { cost, nodes, slices, pages }: OperationCost,
  variables: Variables,
  { maxNodes, maxCost }: OperationLimits,
): GraphQLError | null => {
  for (const { field, needs, given } of slices)
    if (at(given, variables) !== 1)
      return operationTooLarge(
        `The field "${field}" needs exactly one of these arguments: ${needs.join(', ')}.`,
      );
  const items = at(nodes, variables);
  if (items > maxNodes) {
    const { words, field } = adviseShorter(pages, 'nodes', items - maxNodes, variables);
    return operationTooLarge(
      `The operation may ask for ${items} list items; at most ${maxNodes} are allowed. ${words}.`,
      field,
    );
  }
  const price = at(cost, variables);
  if (price > maxCost) {
    const { words, field } = adviseShorter(pages, 'cost', price - maxCost, variables);
    return operationTooLarge(
      `The operation may cost ${price}; at most ${maxCost} is allowed. ${words}, or for fewer fields of each item.`,
      field,
    );
  }
  return null;
};
