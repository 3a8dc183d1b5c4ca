import {
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  type SelectionSetNode,
} from 'graphql';
import { type Fetched, own } from '../execution/plan/fetched.ts';
import { collectFields, type ShapeSource } from '../execution/shape/collect-fields.ts';
import type { CacheHints } from './cache-hints.ts';
import { isKeyValue } from './tags.ts';

/** The key of an object as it was answered; null when not all of it was asked for. */
export type KeyIn = (object: Fetched) => readonly unknown[] | null;

/** Finds the key of objects of one type, under whatever names the operation asks for its fields. */
export const compileKey = (
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  source: ShapeSource,
  keyOf: CacheHints['keyOf'],
): KeyIn => {
  const asked = [...collectFields(selectionSets, type, source).fields];
  const names = keyOf(type.name)?.map(
    (field) => asked.find(([, nodes]) => nodes[0]?.name.value === field)?.[0],
  );
  return (object) => {
    const key = names?.map((name) => (name === undefined ? undefined : own(object, name)));
    return key?.every(isKeyValue) ? key : null;
  };
};

/** The object types that an object of this type may have. */
export const possibleTypes = (
  type: GraphQLCompositeType,
  schema: GraphQLSchema,
): readonly GraphQLCompositeType[] => (isAbstractType(type) ? schema.getPossibleTypes(type) : [type]);
