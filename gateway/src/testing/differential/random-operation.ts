import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { createRandom, type Random } from './random.ts';

export type RandomOperation = {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

type Writing = {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  readonly declared: string[];
  readonly variables: Record<string, unknown>;
  readonly fragments: string[];
};

const aliases = ['a', 'b', 'other'];
/** What plans call their own fields: keys, and what is required. */
const innerNames = ['id', 'isbn', 'size', 'code'];
const deepest = 5;
const mostVariables = 12;
const mostFragments = 4;

/** An operation over a schema that follows from a seed. Nearly all are valid; a caller leaves out those that are not. */
export const randomOperation = (schema: GraphQLSchema, seed: string): RandomOperation => {
  const random = createRandom(seed);
  const mutation = schema.getMutationType();
  const kind = mutation && random.chance(0.1) ? 'mutation' : 'query';
  const rootType = kind === 'mutation' ? mutation : schema.getQueryType();
  if (!rootType) throw new Error('no root type');
  const writing: Writing = { schema, random, declared: [], variables: {}, fragments: [] };
  const selections = selectionsOf(rootType, 0, writing);
  const declared = writing.declared.length > 0 ? `(${writing.declared.join(', ')})` : '';
  return {
    query: [`${kind} Random${declared} ${selections}`, ...writing.fragments].join('\n'),
    variables: writing.variables,
  };
};

const selectionsOf = (type: GraphQLCompositeType, depth: number, writing: Writing): string => {
  const { random } = writing;
  const count = 1 + random.below(depth === 0 ? 3 : 4);
  const selections = Array.from({ length: count }, () => selectionOf(type, depth, writing));
  if (random.chance(0.15)) selections.push('__typename');
  // What is asked twice is merged.
  const again = selections[0];
  if (again !== undefined && random.chance(0.1)) selections.push(again);
  return `{ ${selections.join(' ')} }`;
};

const selectionOf = (type: GraphQLCompositeType, depth: number, writing: Writing): string => {
  const { random } = writing;
  const wantsFragment = !('getFields' in type) || random.chance(depth >= deepest ? 0 : 0.25);
  return wantsFragment ? fragmentOn(type, depth, writing) : fieldOf(type, depth, writing);
};

const fragmentOn = (type: GraphQLCompositeType, depth: number, writing: Writing): string => {
  const { random, schema, fragments } = writing;
  const narrower = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const wider = isObjectType(type) ? type.getInterfaces() : [];
  const on = random.pick([type, ...narrower, ...narrower, ...wider]);
  if (!('getFields' in on)) return random.chance(0.5) ? '__typename' : `... on ${on.name} { __typename }`;
  if (fragments.length < mostFragments && random.chance(0.3)) {
    const name = `F${fragments.length}`;
    const place = fragments.push('') - 1;
    fragments[place] = `fragment ${name} on ${on.name} ${selectionsOf(on, depth + 1, writing)}`;
    return `...${name}${condition(writing)}`;
  }
  const named = random.chance(0.8) || on !== type ? ` on ${on.name}` : '';
  return `...${named}${condition(writing)} ${selectionsOf(on, depth + 1, writing)}`;
};

const fieldOf = (
  type: Extract<GraphQLCompositeType, { getFields: unknown }>,
  depth: number,
  writing: Writing,
): string => {
  const { random } = writing;
  const all: GraphQLField<unknown, unknown>[] = Object.values(type.getFields());
  const leaves = all.filter((field) => !isCompositeType(getNamedType(field.type)));
  const candidates = depth >= deepest ? leaves : all;
  if (candidates.length === 0) return '__typename';
  const field = random.pick(candidates);
  const alias = aliasOf(field.name, random);
  const named = getNamedType(field.type);
  const inner = isCompositeType(named) ? ` ${selectionsOf(named, depth + 1, writing)}` : '';
  return `${alias}${field.name}${argumentsOf(field.args, writing)}${condition(writing)}${inner}`;
};

const aliasOf = (name: string, random: Random): string => {
  if (random.chance(0.05)) return `${random.pick(innerNames)}: `;
  return random.chance(0.25) ? `${random.pick(aliases)}_${name}: ` : '';
};

const argumentsOf = (args: readonly GraphQLArgument[], writing: Writing): string => {
  const given = args.flatMap((arg) => {
    const isNeeded = isNonNullType(arg.type) && arg.defaultValue === undefined;
    if (!isNeeded && writing.random.chance(0.5)) return [];
    return [`${arg.name}: ${argumentValue(arg, writing)}`];
  });
  return given.length > 0 ? `(${given.join(', ')})` : '';
};

const argumentValue = ({ type }: GraphQLArgument, writing: Writing): string => {
  const { random, declared, variables } = writing;
  const value = inputValue(type, random, 0);
  if (declared.length >= mostVariables || random.chance(0.5)) return literal(value, type);
  const name = `v${declared.length}`;
  const withDefault = random.chance(0.3);
  declared.push(`$${name}: ${type}${withDefault ? ` = ${literal(value, type)}` : ''}`);
  if (!withDefault) variables[name] = value;
  return `$${name}`;
};

const inputValue = (type: GraphQLInputType, random: Random, depth: number): unknown => {
  if (isNonNullType(type)) return inputValue(type.ofType, random, depth);
  if (isListType(type))
    return Array.from({ length: random.below(3) }, () => inputValue(type.ofType, random, depth + 1));
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type) || (depth < 2 && random.chance(0.5)))
        .map((field) => [field.name, inputValue(field.type, random, depth + 1)]),
    );
  switch (type.name) {
    case 'Int':
      return random.below(50);
    case 'Float':
      return random.below(100) / 4;
    case 'Boolean':
      return random.chance(0.5);
    default:
      return `${type.name} ${random.below(20)}`;
  }
};

const literal = (value: unknown, type: GraphQLInputType): string => {
  if (isNonNullType(type)) return literal(value, type.ofType);
  if (isListType(type))
    return `[${(value as unknown[]).map((item) => literal(item, type.ofType)).join(', ')}]`;
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    const written = Object.entries(value as object).map(([name, inner]) => {
      const field = fields[name];
      if (!field) throw new Error(`${type.name} has no ${name}`);
      return `${name}: ${literal(inner, field.type)}`;
    });
    return `{ ${written.join(', ')} }`;
  }
  return isEnumType(type) ? String(value) : JSON.stringify(value);
};

const condition = ({ random, declared, variables }: Writing): string => {
  if (!random.chance(0.15)) return '';
  const directive = random.pick(['include', 'skip']);
  const holds = random.chance(0.5);
  if (declared.length >= mostVariables || random.chance(0.4)) return ` @${directive}(if: ${holds})`;
  const name = `v${declared.length}`;
  const withDefault = random.chance(0.3);
  declared.push(`$${name}: Boolean${withDefault ? ` = ${holds}` : '!'}`);
  if (!withDefault) variables[name] = holds;
  return ` @${directive}(if: $${name})`;
};
