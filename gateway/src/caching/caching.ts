import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  visit,
} from 'graphql';
import type { ShapeSource } from '../execution/shape/collect-fields.ts';
import { fragmentsOf } from '../fragments-of.ts';
import type { Graph } from '../supergraph/graph.ts';
import { type CachePolicy, cachePolicyOf } from './cache-policy.ts';
import { compileChanges, type FindChanges } from './changes.ts';
import { compileDependencies, type FindDependencies } from './dependencies.ts';
import { allOf, anyOf, everything } from './tags.ts';

/** How answers to one operation are kept: known once per document, and null for what is never kept. */
export type Caching = CachePolicy & {
  /** Names the operation, and the supergraph that it is asked of. */
  readonly id: string;
  readonly variables: readonly string[];
  /** Tags that can be known before an answer is; all that may turn out to be too few objects. */
  readonly tags: readonly string[];
  readonly dependenciesOf: FindDependencies;
};

/** Fields under `@include` and `@skip` count always: a policy is the document's, whatever its variables say. */
export const prepareCaching = (
  graph: Pick<Graph, 'sdl' | 'clientSchema' | 'cacheHints'>,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): Caching | null => {
  const { cacheHints: hints, clientSchema } = graph;
  const rootType = clientSchema.getQueryType();
  if (!hints || !rootType || definition.operation !== OperationTypeNode.QUERY) return null;
  if (!comesWhole(document)) return null;
  const { selectionSet } = unconditional(definition);
  const source = sourceOf(clientSchema, document);
  const policy = cachePolicyOf(selectionSet, rootType, source, hints);
  if (!policy) return null;
  return {
    ...policy,
    id: hashOf(graph.sdl, print(document), definition.name?.value ?? ''),
    variables: (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value).toSorted(),
    tags: [everything, ...policy.types.flatMap((type) => [anyOf(type), allOf(type)])],
    dependenciesOf: compileDependencies(selectionSet, rootType, source, hints),
  };
};

/** How to tell what a mutation changed; null where no answer is kept that could show it. */
export const prepareChanges = (
  { cacheHints: hints, clientSchema }: Pick<Graph, 'clientSchema' | 'cacheHints'>,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): FindChanges | null => {
  const rootType = clientSchema.getMutationType();
  if (!hints || !rootType || definition.operation !== OperationTypeNode.MUTATION) return null;
  const { selectionSet } = unconditional(definition);
  return compileChanges(selectionSet, rootType, sourceOf(clientSchema, document), hints);
};

const sourceOf = (schema: GraphQLSchema, document: DocumentNode): ShapeSource => ({
  schema,
  fragments: fragmentsOf(unconditional(document)),
  conditions: {},
});

/** Another directive, such as `@defer`, may make an answer something else than its data. */
const comesWhole = (document: DocumentNode): boolean => {
  let whole = true;
  visit(document, {
    Directive: ({ name }) => {
      whole &&= name.value === 'include' || name.value === 'skip';
    },
  });
  return whole;
};

const unconditional = <Node extends OperationDefinitionNode | DocumentNode>(node: Node): Node =>
  visit(node, { Directive: () => null });

/** SHA-256 over parts, none of which can pass for two. */
export const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
