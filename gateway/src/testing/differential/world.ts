import {
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { canonical } from '../../subscriptions/canonical.ts';
import { createRandom, hash } from './random.ts';

/** An object of the world: everything else about it follows from its seed. */
export type WorldObject = {
  readonly __typename: string;
  readonly seed: string;
  /** What a subgraph was told of it, when it was asked for as an entity. */
  readonly representation?: Readonly<Record<string, unknown>>;
};

/** What is told of entities beside the client's schema. */
export type WorldFacts = {
  /** Entity types with the selections by which they are identified. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  /** By `Type.field`, what must be known to resolve it. */
  readonly requires: ReadonlyMap<string, string>;
};

/**
 * Data for any schema, the same whoever asks: the value of a field follows from the object, the field and its arguments.
 * Some are null, some are errors; what identifies an entity, or is required elsewhere, is neither.
 */
export const createWorld = (schema: GraphQLSchema, { keys, requires }: WorldFacts, entitiesPerType = 5) => {
  const steady = steadyFields(schema, keys, requires);

  /** Types whose objects are told apart by the same keys: an entity interface and what implements it. */
  const familyOf = (typename: string): string => {
    const type = schema.getType(typename);
    const family = isObjectType(type) ? type.getInterfaces().find(({ name }) => keys.has(name)) : undefined;
    return family?.name ?? typename;
  };
  const membersOf = (family: string): readonly string[] => {
    const type = schema.getType(family);
    return isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [family];
  };
  const entity = (family: string, number: number): WorldObject => {
    const members = membersOf(family);
    return { __typename: members[number % members.length] ?? family, seed: `${family}#${number}` };
  };
  /** One that is of this type: there are as many of each member. */
  const entityOf = (typename: string, number: number): WorldObject => {
    const family = familyOf(typename);
    const members = membersOf(family);
    const offset = typename === family ? number : number * members.length + members.indexOf(typename);
    return entity(family, offset);
  };

  const object = (typename: string, seed: string): WorldObject =>
    keys.has(typename) || keys.has(familyOf(typename))
      ? entityOf(typename, hash(`${seed}:entity`) % entitiesPerType)
      : { __typename: typename, seed };

  const value = (type: GraphQLOutputType, seed: string, isSteady: boolean): unknown => {
    if (isNonNullType(type)) return value(type.ofType, `${seed}!`, true);
    const random = createRandom(seed);
    if (!isSteady && random.chance(0.12)) return null;
    if (isListType(type))
      return Array.from({ length: random.below(4) }, (_, index) =>
        value(type.ofType, `${seed}[${index}]`, isSteady),
      );
    if (isAbstractType(type)) {
      if (keys.has(type.name)) return object(type.name, seed);
      return object(random.pick(schema.getPossibleTypes(type)).name, seed);
    }
    if (isObjectType(type)) return object(type.name, seed);
    return leaf(type, seed);
  };

  const field = (
    parent: WorldObject,
    name: string,
    type: GraphQLOutputType,
    args: Readonly<Record<string, unknown>>,
  ): unknown => {
    const where = `${familyOf(parent.__typename)}.${name}`;
    const isSteady = steady.has(where) || steady.has(`${parent.__typename}.${name}`);
    const needs = requires.get(`${parent.__typename}.${name}`) ?? requires.get(where);
    const needed = needs ? canonical(known(parent, selectionOf(needs))) : '';
    const seed = `${parent.seed}.${name}(${canonical(args)})${needed}`;
    if (!isSteady && hash(`${seed}:fails`) % 100 < 4)
      throw new GraphQLError('It failed.', { extensions: { code: 'FAILED' } });
    return value(type, seed, isSteady);
  };

  /** What is required of an object: as a subgraph was told it, or as it is. */
  const known = (parent: WorldObject, selection: SelectionSetNode): unknown =>
    parent.representation ? told(parent.representation, selection) : read(parent, selection);

  const read = (parent: WorldObject, { selections }: SelectionSetNode): Record<string, unknown> => {
    const found: Record<string, unknown> = {};
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) throw new Error('keys and requirements are fields here');
      const type = schema.getType(parent.__typename);
      const name = selection.name.value;
      const definition = isObjectType(type) ? type.getFields()[name] : undefined;
      if (!definition) throw new Error(`${parent.__typename} has no ${name}`);
      found[name] = readValue(field(parent, name, definition.type, {}), selection.selectionSet);
    }
    return found;
  };
  const readValue = (given: unknown, selection: SelectionSetNode | undefined): unknown => {
    if (Array.isArray(given)) return given.map((item) => readValue(item, selection));
    return selection && given ? read(given as WorldObject, selection) : given;
  };

  const identified = new Map<string, WorldObject>();
  for (const [typename, selections] of keys)
    for (let number = 0; number < entitiesPerType * membersOf(familyOf(typename)).length; number++)
      for (const selection of selections) {
        const one = typename === familyOf(typename) ? entity(typename, number) : entityOf(typename, number);
        identified.set(`${typename} ${canonical(read(one, selectionOf(selection)))}`, one);
      }

  return {
    field,
    /** The entity that a representation stands for. */
    resolveReference: (representation: Readonly<Record<string, unknown>>): WorldObject | null => {
      const typename = String(representation.__typename);
      for (const selection of keys.get(typename) ?? []) {
        const key = told(representation, selectionOf(selection));
        const found = identified.get(`${typename} ${canonical(key)}`);
        if (found) return { ...found, representation };
      }
      return null;
    },
  };
};

export type World = ReturnType<typeof createWorld>;

const leaf = (type: GraphQLLeafType, seed: string): unknown => {
  const random = createRandom(`${seed}:leaf`);
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  switch (type.name) {
    case 'Int':
      return random.below(1000);
    case 'Float':
      return random.below(1000) / 8;
    case 'Boolean':
      return random.chance(0.5);
    default:
      return `${type.name} ${hash(seed).toString(36)}`;
  }
};

const selectionOf = (fields: string): SelectionSetNode => {
  const [definition] = parse(`{ ${fields} }`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not a selection');
  return definition.selectionSet;
};

/** The selected part of what a subgraph was told; undefined stays, and is not what the world says. */
const told = (given: unknown, { selections }: SelectionSetNode): unknown => {
  if (Array.isArray(given))
    return given.map((item) => told(item, { kind: Kind.SELECTION_SET, selections }));
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(
    selections.map((selection) => {
      if (selection.kind !== Kind.FIELD) throw new Error('keys and requirements are fields here');
      const inner = (given as Record<string, unknown>)[selection.name.value];
      return [selection.name.value, selection.selectionSet ? told(inner, selection.selectionSet) : inner];
    }),
  );
};

/** Fields that another subgraph is told: they are never null and never fail. */
const steadyFields = (
  schema: GraphQLSchema,
  keys: WorldFacts['keys'],
  requires: WorldFacts['requires'],
): ReadonlySet<string> => {
  const steady = new Set<string>();
  const add = (typename: string, { selections }: SelectionSetNode): void => {
    const type = schema.getType(typename);
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD || !type || !('getFields' in type)) continue;
      steady.add(`${typename}.${selection.name.value}`);
      const definition = type.getFields()[selection.name.value];
      if (!definition || !selection.selectionSet) continue;
      let inner = definition.type as GraphQLOutputType;
      while ('ofType' in inner) inner = inner.ofType as GraphQLOutputType;
      add(String(inner), selection.selectionSet);
    }
  };
  for (const [typename, selections] of keys) for (const one of selections) add(typename, selectionOf(one));
  for (const [where, selection] of requires) add(where.split('.')[0] ?? '', selectionOf(selection));
  return steady;
};
