import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  parse,
  print,
} from 'graphql';

/** An operation to begin with: whole, valid, with variables to fill in (JSON). */
export type ExampleOperation = {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly field: string;
  readonly description: string;
  readonly document: string;
  readonly variables: string;
};

const deepest = 3;

/** One example for each root field of whatever schema is served. */
export const exampleOperations = (schema: GraphQLSchema): ExampleOperation[] =>
  [
    ...examplesOf('query', schema.getQueryType()),
    ...examplesOf('mutation', schema.getMutationType()),
    ...examplesOf('subscription', schema.getSubscriptionType()),
  ].map((example) => ({ ...example, document: print(parse(example.document)) }));

const examplesOf = (
  kind: ExampleOperation['kind'],
  root: GraphQLObjectType | null | undefined,
): ExampleOperation[] =>
  Object.values(root?.getFields() ?? {}).map((field) => {
    const needed = field.args.filter(isNeeded);
    const declared = needed.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    const passed = needed.map(({ name }) => `${name}: $${name}`).join(', ');
    const name = field.name.charAt(0).toUpperCase() + field.name.slice(1);
    return {
      kind,
      field: field.name,
      description: field.description ?? '',
      document: `${kind} ${name}${declared && `(${declared})`} {
        ${field.name}${passed && `(${passed})`} ${selection(field.type, [])}
      }`,
      variables: JSON.stringify(
        Object.fromEntries(needed.map((argument) => [argument.name, placeholder(argument.type)])),
        null,
        2,
      ),
    };
  });

/** An id that is not required is one of several ways to say which thing is meant: without any, there is no answer. */
const isNeeded = (argument: GraphQLArgument): boolean =>
  isRequiredArgument(argument) || argument.name === 'id';

/** The fields of a type that need no argument, some levels deep, never a type within itself. */
const selection = (output: GraphQLOutputType, within: readonly string[]): string => {
  const type = getNamedType(output);
  if (isLeafType(type)) return '';
  const path = [...within, type.name];
  if (isUnionType(type)) {
    const members = type.getTypes().map((member) => `... on ${member.name} ${selection(member, path)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const fields = Object.values(type.getFields())
    .filter((field) => isWorthShowing(field, path))
    .map((field) => ({ name: field.name, selected: selection(field.type, path) }))
    .filter(({ selected }) => selected !== nothing);
  if (fields.length === 0) return nothing;
  return `{ ${fields.map(({ name, selected }) => `${name} ${selected}`).join(' ')} }`;
};

const nothing = '{ __typename }';

const isWorthShowing = (field: GraphQLField<unknown, unknown>, path: readonly string[]): boolean => {
  if (field.args.some(isRequiredArgument) || field.deprecationReason != null) return false;
  const type = getNamedType(field.type);
  return isLeafType(type) || (path.length < deepest && !path.includes(type.name));
};

const placeholder = (input: GraphQLInputType): unknown => {
  if (isNonNullType(input)) return placeholder(input.ofType);
  if (isListType(input)) return [placeholder(input.ofType)];
  if (isEnumType(input)) return input.getValues()[0]?.name ?? null;
  if (isInputObjectType(input))
    return Object.fromEntries(
      Object.values(input.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, placeholder(field.type)]),
    );
  return { Int: 1, Float: 1, Boolean: true }[input.name] ?? '';
};
