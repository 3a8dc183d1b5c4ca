import {
  type FieldNode,
  type GraphQLCompositeType,
  getNamedType,
  isCompositeType,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, type ShapeSource } from '../execution/shape/collect-fields.ts';
import type { CacheHint, CacheHints } from './cache-hints.ts';
import { possibleTypes } from './object-keys.ts';

/** For how many seconds an answer may be kept, and for whom: PUBLIC for all, PRIVATE for the viewer who asked. */
export type CachePolicy = {
  readonly maxAge: number;
  readonly scope: 'PUBLIC' | 'PRIVATE';
  /** The object types that the answer may be made of. */
  readonly types: readonly string[];
};

/** A document that says more than this is not kept: fragments within fragments can spell out without end. */
const mostFields = 5_000;

/**
 * What Apollo's rules make of a query: the least of all its fields' ages, PRIVATE if one is. A root field, and one that
 * leads to objects, is not kept unless it or its type says so, or inherits; other fields inherit.
 *
 * A supergraph does not tell which subgraph gave a type its hint, and no subgraph may promise for another. So nothing
 * is inherited on the way to another subgraph, unless the field itself says so, and a type's age counts only where one
 * subgraph alone defines it and answers the field. Null when the answer may not be kept.
 */
export const cachePolicyOf = (
  selectionSet: SelectionSetNode,
  rootType: GraphQLCompositeType,
  source: ShapeSource,
  hints: CacheHints,
): CachePolicy | null => {
  const types = new Set<string>();
  let maxAge = Number.POSITIVE_INFINITY;
  let scope: CachePolicy['scope'] = 'PUBLIC';
  let fieldsLeft = mostFields;

  const restrict = (hint: CacheHint): boolean => {
    if (hint.scope === 'PRIVATE') scope = 'PRIVATE';
    maxAge = Math.min(maxAge, hint.maxAge ?? maxAge);
    return maxAge > 0;
  };

  /** `graphs` are the subgraphs that may have answered with the object; null for the root. False: not to be kept. */
  const visitField = (
    type: GraphQLCompositeType,
    nodes: readonly FieldNode[],
    graphs: readonly string[] | null,
  ): boolean => {
    if (nodes[0]?.name.value === '__typename') return true;
    fieldsLeft -= 1;
    const rule = fieldsLeft < 0 ? null : ruleOf(type, nodes[0]?.name.value ?? '', graphs, hints);
    if (!rule || !restrict(rule.hint)) return false;
    if (!isCompositeType(rule.target)) return true;
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return visitObject(selectionSets, rule.target, rule.graphs);
  };

  const visitObject = (
    selectionSets: readonly SelectionSetNode[],
    type: GraphQLCompositeType,
    graphs: readonly string[] | null,
  ): boolean =>
    possibleTypes(type, source.schema).every((possible) => {
      if (graphs !== null) types.add(possible.name);
      const { fields } = collectFields(selectionSets, possible, source);
      return [...fields.values()].every((nodes) => visitField(possible, nodes, graphs));
    });

  const mayBeKept = visitObject([selectionSet], rootType, null) && Number.isFinite(maxAge);
  return mayBeKept ? { maxAge, scope, types: [...types] } : null;
};

/** What one field asks for, and which subgraphs may answer it; null for a field that no subgraph answers. */
const ruleOf = (
  type: GraphQLCompositeType,
  name: string,
  parents: readonly string[] | null,
  hints: CacheHints,
) => {
  const field = 'getFields' in type ? type.getFields()[name] : undefined;
  const answerers = hints.answeredBy(type.name, name);
  if (!field || answerers.length === 0) return null;
  const target = getNamedType(field.type);
  const stays = parents?.every((graph) => answerers.includes(graph)) ?? false;
  const graphs = (stays && parents) || answerers;
  const ofType = isCompositeType(target) ? typeHint(target.name, graphs, hints) : undefined;
  const ofField = hints.ofField(type.name, name);
  const inheritsUnasked = stays && (!isCompositeType(target) || ofType?.inheritMaxAge === true);
  const inherits = parents !== null && (inheritsUnasked || ofField?.inheritMaxAge === true);
  const hint: CacheHint = { ...(inherits ? {} : { maxAge: 0 }), ...ofType, ...ofField };
  return { target, graphs, hint };
};

/** A type's age is left out where another subgraph than the one that answers may have given it. */
const typeHint = (type: string, at: readonly string[], hints: CacheHints): CacheHint | undefined => {
  const hint = hints.ofType(type);
  if (hint?.maxAge === undefined) return hint;
  const definers = hints.definedBy(type);
  const { maxAge: _, ...withoutAge } = hint;
  return definers.length === 1 && at.every((graph) => definers.includes(graph)) ? hint : withoutAge;
};
