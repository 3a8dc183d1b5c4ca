import { type GraphQLSchema, isObjectType, isUnionType } from 'graphql';
import { badUserInput } from './errors.ts';

type Representation = Readonly<Record<string, unknown>>;

/** The flat keys of an entity, each a list of fields. No entity of ours is known by a nested one. */
const keysOf = (schema: GraphQLSchema, name: string): readonly string[][] => {
  const type = schema.getType(name);
  const nodes = isObjectType(type) ? [type.astNode, ...type.extensionASTNodes] : [];
  return nodes
    .flatMap((node) => node?.directives ?? [])
    .filter((directive) => directive.name.value === 'key')
    .flatMap(
      (directive) => directive.arguments?.filter((argument) => argument.name.value === 'fields') ?? [],
    )
    .flatMap(({ value }) => (value.kind === 'StringValue' ? [value.value.trim().split(/\s+/)] : []));
};

/**
 * Lets `_entities` load only what can be an entity of this subgraph: a known type, with a key of text. Anything else is the
 * caller's mistake, and no bug of a resolver.
 */
export const checkRepresentations = (schema: GraphQLSchema): void => {
  const field = schema.getQueryType()?.getFields()._entities;
  const union = schema.getType('_Entity');
  if (!field?.resolve || !isUnionType(union)) return;
  const keys = new Map(union.getTypes().map(({ name }) => [name, keysOf(schema, name)]));
  const { resolve } = field;
  field.resolve = (source, args, context, info) => {
    for (const each of args.representations as readonly unknown[]) checkOne(keys, each);
    return resolve(source, args, context, info);
  };
};

const checkOne = (keys: ReadonlyMap<string, readonly string[][]>, value: unknown): void => {
  const representation = (typeof value === 'object' && value !== null ? value : {}) as Representation;
  const known = keys.get(String(representation.__typename));
  if (!known) throw badUserInput('No such entity is resolved here.', 'representations');
  if (!known.some((key) => key.every((field) => typeof representation[field] === 'string'))) {
    throw badUserInput('A representation needs a key of its entity, as text.', 'representations');
  }
};
