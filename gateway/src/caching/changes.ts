import { type GraphQLCompositeType, getNamedType, isCompositeType, type SelectionSetNode } from 'graphql';
import { type Fetched, isFetched, own } from '../execution/plan/fetched.ts';
import { collectFields, type ShapeSource } from '../execution/shape/collect-fields.ts';
import type { CacheHints } from './cache-hints.ts';
import { compileKey, possibleTypes } from './object-keys.ts';
import type { Change } from './tags.ts';

/** What a mutation changed, as far as its answer tells. */
export type FindChanges = (data: Fetched) => readonly Change[];

/**
 * A mutation's root fields answer with what they changed, so whoever changed it sees it at once; news of all else that
 * changed with it comes later. What they only lead to has not changed.
 */
export const compileChanges = (
  selectionSet: SelectionSetNode,
  rootType: GraphQLCompositeType,
  source: ShapeSource,
  hints: CacheHints,
): FindChanges => {
  const finds = [...collectFields([selectionSet], rootType, source).fields].flatMap(([name, nodes]) => {
    const field = 'getFields' in rootType ? rootType.getFields()[nodes[0]?.name.value ?? ''] : undefined;
    const target = field && getNamedType(field.type);
    if (!isCompositeType(target)) return [];
    const selectionSets = nodes.flatMap((node) => node.selectionSet ?? []);
    const changeOf = compileChange(selectionSets, target, source, hints);
    return [(data: Fetched) => [own(data, name)].flat(3).filter(isFetched).flatMap(changeOf)];
  });
  return (data) => finds.flatMap((find) => find(data));
};

const compileChange = (
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  source: ShapeSource,
  { keyOf }: CacheHints,
) => {
  const possible = possibleTypes(type, source.schema);
  const keys = new Map(possible.map((each) => [each.name, compileKey(selectionSets, each, source, keyOf)]));
  return (object: Fetched): readonly Change[] => {
    const typename = possible.length === 1 ? type.name : String(own(object, '__typename'));
    const keyIn = keys.get(typename);
    if (!keyIn) return possible.map(({ name }) => ({ typename: name }));
    const names = keyOf(typename) ?? [];
    const key = keyIn(object);
    return [{ typename, key: key && Object.fromEntries(names.map((name, index) => [name, key[index]])) }];
  };
};
