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

/** The same for values that JSON has, as JavaScript about a variable; null where it takes more to tell. */
export const leafCheckOf = (type: GraphQLLeafType): ((variable: string) => string) | null => {
  if (isEnumType(type)) return null;
  return Object.hasOwn(codes, type.name) ? (codes[type.name] ?? null) : (v) => `(${v} ?? null) !== null`;
};

const codes: Readonly<Record<string, (variable: string) => string>> = {
  [GraphQLString.name]: (v) => `typeof ${v} === 'string'`,
  [GraphQLID.name]: (v) => `typeof ${v} === 'string'`,
  [GraphQLBoolean.name]: (v) => `typeof ${v} === 'boolean'`,
  [GraphQLFloat.name]: (v) => `typeof ${v} === 'number'`,
  [GraphQLInt.name]: (v) => `typeof ${v} === 'number' && ${v} === (${v} | 0)`,
};

/** Whether a value may stand for a leaf of this type. Custom scalars hold what they hold; an enum's hidden values are not shown. */
export const isLeafValue = (type: GraphQLLeafType, value: unknown): boolean => {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined;
  return checks[type.name]?.(value) ?? true;
};
