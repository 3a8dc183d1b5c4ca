import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isNonNullType,
} from 'graphql';
import { forbidden, notFound, unauthenticated } from '../graphql/errors.ts';
import { isSignedIn, type Viewer } from '../identity/viewer.ts';
import { governed } from './check-policy.ts';
import { type Gate, type Otherwise, type Policy, stepsOf } from './policy.ts';

type Context = { readonly viewer: Viewer };
type Field = GraphQLField<unknown, Context>;
type Resolver = GraphQLFieldResolver<unknown, Context>;
type Screen = (value: unknown, context: Context) => unknown;

const gatesOf = (policy: Policy, type: string, field: string): readonly Gate[] =>
  stepsOf(policy, type, field).filter((step) => step.kind === 'gate');

/** Puts the policy's gates before the resolvers. An open field that leads to nothing guarded is left as it was. */
export const enforcePolicy = (schema: GraphQLSchema, policy: Policy): void => {
  for (const [type, fields] of governed(schema)) {
    for (const name of fields) enforceOn(type.getFields()[name] as Field, type.name, schema, policy);
  }
};

const enforceOn = (field: Field, type: string, schema: GraphQLSchema, policy: Policy): void => {
  const isOwn = stepsOf(policy, type, field.name).some(({ kind }) => kind === 'own');
  const screen = isOwn ? null : screenOf(schema, policy, field.type);
  if (screen) field.resolve = screened(field.resolve ?? defaultFieldResolver, screen);
  for (const gate of [...gatesOf(policy, type, field.name)].reverse()) {
    field.resolve = gated(field.resolve ?? defaultFieldResolver, gate);
    if (field.subscribe) field.subscribe = gated(field.subscribe, gate);
  }
};

/** The same for what is loaded by reference: whoever may not see an entity is told that there is none. */
export const guardReference = <Reference, Loaded>(
  policy: Policy,
  type: string,
  resolve: (reference: Reference, context: never) => Loaded,
) => {
  const gates = gatesOf(policy, type, '*');
  if (gates.length === 0) return resolve;
  const screen = whenThere((value, { viewer }) => (passes(gates, viewer, value) ? value : null));
  return (reference: Reference, context: Context) => screen(resolve(reference, context as never), context);
};

const gated =
  (resolve: Resolver, { audience, otherwise }: Gate): Resolver =>
  (source, args, context, info) =>
    audience.admits(context.viewer, source as never)
      ? resolve(source, args, context, info)
      : turnAway(otherwise, context.viewer, info.fieldName);

const turnAway = (otherwise: Otherwise, viewer: Viewer, what: string): null => {
  if (otherwise === 'NULL') return null;
  if (otherwise === 'NOT_FOUND') throw notFound(what);
  throw isSignedIn(viewer) ? forbidden('Your account may not do this.') : unauthenticated();
};

const screened =
  (resolve: Resolver, screen: Screen): Resolver =>
  (source, args, context, info) =>
    screen(resolve(source, args, context, info), context);

/** What a field of this type has to look at before it hands out an object; null when it may hand out whatever it has. */
const screenOf = (schema: GraphQLSchema, policy: Policy, type: GraphQLOutputType): Screen | null => {
  const named = getNamedType(type);
  const types = isAbstractType(named) ? schema.getPossibleTypes(named) : [named];
  const rules = new Map(
    types
      .map(({ name }): [string, readonly Gate[]] => [name, gatesOf(policy, name, '*')])
      .filter(([, gates]) => gates.length > 0),
  );
  if (rules.size === 0) return null;
  const nameOf = isAbstractType(named)
    ? (value: unknown) => (value as { __typename: string }).__typename
    : () => named.name;
  const isRequired = requiresEach(type);
  return whenThere((value, { viewer }) => {
    const name = nameOf(value);
    if (passes(rules.get(name) ?? [], viewer, value)) return value;
    if (isRequired) throw notFound(name);
    return null;
  });
};

/** Whether null may not stand for the object, or for one in the list. */
const requiresEach = (type: GraphQLOutputType): boolean => {
  const nullable = getNullableType(type);
  return isListType(nullable) ? requiresEach(nullable.ofType) : isNonNullType(type);
};

const passes = (gates: readonly Gate[], viewer: Viewer, subject: unknown): boolean =>
  gates.every(({ audience }) => audience.admits(viewer, subject as never));

/** Looks at an object once it is there, at each of a list by itself, and at nothing that is not. */
const whenThere = (look: Screen): Screen => {
  const screen: Screen = (value, context) => {
    if (value === null || value === undefined) return value;
    if (value instanceof Promise) return value.then((settled) => screen(settled, context));
    if (Array.isArray(value)) return value.map((item) => screen(item, context));
    return look(value, context);
  };
  return screen;
};
