import { type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql';

/** Weighs one value; nothing is weighed but what carries `@cost`. */
export type WeighInput = (value: unknown) => number;

/** How the values of an argument at this coordinate are weighed; null when nothing in them has a weight. */
export const createInputWeigher =
  (weights: ReadonlyMap<string, number>) =>
  (coordinate: string, type: GraphQLInputType): WeighInput | null =>
    hasWeight(weights, coordinate, type, new Set())
      ? (value) => weigh(weights, coordinate, type, value)
      : null;

const hasWeight = (
  weights: ReadonlyMap<string, number>,
  coordinate: string,
  type: GraphQLInputType,
  seen: Set<string>,
): boolean => {
  const named = getNamedType(type);
  if (weights.has(coordinate) || weights.has(named.name)) return true;
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  seen.add(named.name);
  return Object.values(named.getFields()).some((field) =>
    hasWeight(weights, `${named.name}.${field.name}`, field.type, seen),
  );
};

const weigh = (
  weights: ReadonlyMap<string, number>,
  coordinate: string,
  type: GraphQLInputType,
  value: unknown,
): number => {
  if (value == null) return 0;
  if (Array.isArray(value))
    return value.reduce<number>((total, item) => total + weigh(weights, coordinate, type, item), 0);
  const named = getNamedType(type);
  const own = weights.get(coordinate) ?? weights.get(named.name) ?? 0;
  if (!isInputObjectType(named)) return own;
  return Object.values(named.getFields()).reduce((total, field) => {
    const inner = Object.hasOwn(value, field.name) ? (value as Record<string, unknown>)[field.name] : null;
    return total + weigh(weights, `${named.name}.${field.name}`, field.type, inner);
  }, own);
};
