import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql';

const highestInt = 2 ** 31;

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  [GraphQLString.name]: (value) => typeof value === 'string',
  [GraphQLID.name]: (value) => typeof value === 'string' || Number.isInteger(value),
  [GraphQLBoolean.name]: (value) => typeof value === 'boolean',
  [GraphQLFloat.name]: (value) => typeof value === 'number',
  [GraphQLInt.name]: (value) =>
    Number.isInteger(value) && Number(value) >= -highestInt && Number(value) < highestInt,
};

/** Whether a value may stand for a leaf of this type. Custom scalars hold what they hold; an enum's hidden values are not shown. */
export const isLeafValue = (type: GraphQLLeafType, value: unknown): boolean => {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined;
  return checks[type.name]?.(value) ?? true;
};
