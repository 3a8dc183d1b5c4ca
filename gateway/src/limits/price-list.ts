import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Costs, ListSize } from '../supergraph/costs.ts';
import { createInputWeigher, type WeighInput } from './input-weights.ts';

/** Arguments that say how long a list may get where no `@listSize` does. */
const pageSizes = ['first', 'last', 'limit'];

/** What a schema's fields, types and inputs weigh, and how long its lists may be. */
export type PriceList = {
  /** A field's own weight, or its type's: 1 for what has fields, else 0. */
  weightOf(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): number;
  /** Null when neither a directive nor an argument says anything. */
  listSizeOf(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): ListSize | null;
  inputWeigher(coordinate: string, type: GraphQLInputType): WeighInput | null;
};

/** An interface or a union weighs what the heaviest of its members does, and takes its list sizes from them, too. */
export const createPriceList = (schema: GraphQLSchema, { weights, listSizes }: Costs): PriceList => {
  const owners = (parent: GraphQLCompositeType): readonly GraphQLNamedType[] =>
    isInterfaceType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];

  const typeWeight = (type: GraphQLNamedType): number =>
    isAbstractType(type)
      ? Math.max(...schema.getPossibleTypes(type).map(({ name }) => weights.get(name) ?? 1), 0)
      : (weights.get(type.name) ?? (isCompositeType(type) ? 1 : 0));

  return {
    weightOf: (parent, field) => {
      const own = owners(parent).flatMap(({ name }) => weights.get(`${name}.${field.name}`) ?? []);
      return own.length > 0 ? Math.max(...own) : typeWeight(getNamedType(field.type));
    },
    listSizeOf: (parent, field) => {
      for (const { name } of owners(parent)) {
        const listSize = listSizes.get(`${name}.${field.name}`);
        if (listSize) return listSize;
      }
      return pagedBy(field);
    },
    inputWeigher: createInputWeigher(weights),
  };
};

/** A field that takes a page's size returns a list, or a connection whose own lists are that long. */
const pagedBy = ({ args, type }: GraphQLField<unknown, unknown>): ListSize | null => {
  const slicingArguments = args.map(({ name }) => name).filter((name) => pageSizes.includes(name));
  if (slicingArguments.length === 0) return null;
  const result = getNamedType(type);
  const isConnection = !isList(type) && (isObjectType(result) || isInterfaceType(result));
  const sizedFields = isConnection
    ? Object.values(result.getFields()).flatMap((field) => (isList(field.type) ? field.name : []))
    : [];
  return { assumedSize: null, slicingArguments, sizedFields, requireOneSlicingArgument: false };
};

export const isList = (type: GraphQLField<unknown, unknown>['type']): boolean =>
  isListType(getNullableType(type));
