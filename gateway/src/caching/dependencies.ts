import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  type SelectionSetNode,
} from 'graphql';
import { type Fetched, isFetched, own } from '../execution/plan/fetched.ts';
import { collectFields, type ShapeSource } from '../execution/shape/collect-fields.ts';
import type { CacheHints } from './cache-hints.ts';
import { compileKey, possibleTypes } from './object-keys.ts';
import { allOf, anyOf, everything, objectOf } from './tags.ts';

/** The tags of an answer's data. */
export type FindDependencies = (data: Fetched) => readonly string[];

/** Beyond this many objects an answer depends on their types as a whole. */
const mostObjects = 200;

/**
 * How a value came to be where it is. `owned`: it is a fact of an object that is known by its key, whose changes are told.
 * Otherwise nobody tells when something else takes its place: then a list depends on every object of its types.
 */
type Place = 'single' | 'listed' | 'owned';

type Found = { readonly objects: Map<string, string>; readonly types: Set<string> };
type Visit = (value: unknown, place: Place, found: Found) => void;

/**
 * Compiles what answers to an operation depend on. An object whose key was not asked for, and an absent one, stand for
 * their type: any change of it is a change of the answer.
 */
export const compileDependencies = (
  selectionSet: SelectionSetNode,
  rootType: GraphQLCompositeType,
  source: ShapeSource,
  hints: CacheHints,
): FindDependencies => {
  const visitRoot = compileFields([selectionSet], rootType, source, hints);
  return (data) => {
    const found: Found = { objects: new Map(), types: new Set() };
    visitRoot(data, 'single', found);
    return tagsOf(found);
  };
};

const tagsOf = ({ objects, types }: Found): readonly string[] => {
  const named = [...objects].filter(([, type]) => !types.has(type));
  if (named.length > mostObjects)
    return tagsOf({ objects: new Map(), types: new Set([...types, ...objects.values()]) });
  const wholes = new Set(named.map(([, type]) => allOf(type)));
  return [everything, ...[...types].map(anyOf), ...wholes, ...named.map(([tag]) => tag)];
};

const compileFields = (
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  source: ShapeSource,
  hints: CacheHints,
): Visit => {
  const visits = [...collectFields(selectionSets, type, source).fields].flatMap(([key, nodes]) => {
    const visit = compileField(nodes, type, source, hints);
    return visit ? [{ key, visit }] : [];
  });
  return (value, place, found) => {
    for (const { key, visit } of visits) visit(own(value as Fetched, key), place, found);
  };
};

/** Null for a field that leads to no object. */
const compileField = (
  nodes: readonly FieldNode[],
  type: GraphQLCompositeType,
  source: ShapeSource,
  hints: CacheHints,
): Visit | null => {
  const field = 'getFields' in type ? type.getFields()[nodes[0]?.name.value ?? ''] : undefined;
  const target = field && getNamedType(field.type);
  if (!field || !isCompositeType(target)) return null;
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return inLists(field.type, compileObject(selectionSets, target, source, hints));
};

const inLists = (type: GraphQLOutputType, visit: Visit): Visit => {
  if (isNonNullType(type)) return inLists(type.ofType, visit);
  if (!isListType(type)) return visit;
  const visitItem = inLists(type.ofType, visit);
  return (value, place, found) => {
    // A list that is empty, or not there, still depends on what could be in it.
    if (!Array.isArray(value) || value.length === 0) return visitItem(undefined, place, found);
    for (const item of value) visitItem(item, place === 'owned' ? place : 'listed', found);
  };
};

const compileObject = (
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  source: ShapeSource,
  hints: CacheHints,
): Visit => {
  const possible = possibleTypes(type, source.schema);
  const compiled = new Map(
    possible.map((each) => [each.name, compileIdentified(selectionSets, each, source, hints)]),
  );
  return (value, place, found) => {
    const only = possible.length === 1 ? type.name : undefined;
    const visit = isFetched(value) ? compiled.get(String(only ?? own(value, '__typename'))) : undefined;
    if (visit) visit(value, place, found);
    else if (isFetched(value) || place !== 'owned') for (const { name } of possible) found.types.add(name);
  };
};

/** Objects of one type: known by their key where the operation asks for all of it. */
const compileIdentified = (
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  source: ShapeSource,
  hints: CacheHints,
): Visit => {
  const visitFields = compileFields(selectionSets, type, source, hints);
  const keyIn = compileKey(selectionSets, type, source, hints.keyOf);
  return (value, place, found) => {
    const object = value as Fetched;
    const key = keyIn(object);
    if (key && place !== 'listed') found.objects.set(objectOf(type.name, key), type.name);
    else found.types.add(type.name);
    visitFields(object, key ? 'owned' : place, found);
  };
};
