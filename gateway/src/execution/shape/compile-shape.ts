import {
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLOutputType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Fetched, isAbsent, isFetched, isUnresolved, own } from '../plan/fetched.ts';
import { collectFields, type SameFields, type ShapeSource } from './collect-fields.ts';
import type { Introspect } from './introspect.ts';
import { isLeafValue, leafCheckOf } from './leaf-values.ts';
import { compileMakeObject, type MakeObject, type ObjectField, unfit } from './make-object.ts';

/** What a field is called in fetched data is not always what the client calls it. */
type NamedSource = ShapeSource & { readonly wireName: (field: FieldNode) => string };

/** Makes of fetched data what the client asked for: its fields alone, in its order, with nulls where they may be. */
export type Shape = (
  data: Fetched,
  errors: GraphQLError[],
  introspect: Introspect,
  deferred?: DeferredObject[],
) => Fetched | null;

/** An object that the client has, some of whose fields are to be shaped when they have come. */
export type DeferredObject = {
  readonly label: string;
  readonly path: readonly (string | number)[];
  readonly shape: (
    errors: GraphQLError[],
    introspect: Introspect,
    deferred: DeferredObject[],
  ) => Fetched | null;
};

/** What completing a value needs to know: where it is, what went wrong before, and what is put off. */
type Completion = {
  readonly path: (string | number)[];
  readonly errors: GraphQLError[];
  readonly introspect: Introspect;
  readonly deferred: DeferredObject[];
};

/** Completes a value: null where it cannot be had, `unfit` where null may not stand. */
type Complete = (value: unknown, at: Completion) => unknown;

type ShapedLater = { readonly label: string; readonly complete: Complete };

/** `unknown` says why an object that no subgraph could resolve is not shown; it is null for types that such an object cannot have. */
type ShapedType = {
  readonly unknown: string | null;
  readonly make: MakeObject<Completion>;
  readonly later: readonly ShapedLater[];
};

/** Compiles the shape of an operation whose conditions are decided. */
export const compileShape = (
  definition: OperationDefinitionNode,
  rootType: GraphQLCompositeType,
  source: NamedSource,
): Shape => {
  const complete = compileObject([definition.selectionSet], rootType, source, true);
  return (data, errors, introspect, deferred = []) =>
    objectOrNull(complete(data, { path: [], errors, introspect, deferred }));
};

const objectOrNull = (shaped: unknown): Fetched | null => (isFetched(shaped) ? shaped : null);

const compileType = (
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  name: string,
  source: NamedSource,
): Complete => {
  if (isNonNullType(type)) {
    const complete = compileType(type.ofType, nodes, name, source);
    return (value, at) => {
      const completed = complete(value, at);
      if (completed !== null) return completed;
      note(at, `Cannot return null for non-nullable field ${name}.`);
      return unfit;
    };
  }
  if (isListType(type)) return completeList(compileType(type.ofType, nodes, name, source), name);
  if (isCompositeType(type)) {
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return compileObject(selectionSets, type, source, false);
  }
  return (value, at) => {
    if (value === null || value === undefined) return null;
    if (isLeafValue(type, value)) return value;
    note(at, `A subgraph answered ${name} with a value that is no ${type.name}.`);
    return null;
  };
};

const completeList =
  (complete: Complete, name: string): Complete =>
  (value, at) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) {
      note(at, `A subgraph answered ${name} with a value that is no list.`);
      return null;
    }
    const completed: unknown[] = [];
    const before = at.deferred.length;
    let fits = true;
    for (let index = 0; index < value.length; index += 1) {
      at.path.push(index);
      const done = complete(value[index], at);
      at.path.pop();
      fits &&= done !== unfit;
      completed.push(done);
    }
    if (fits) return completed;
    at.deferred.length = before;
    return null;
  };

/** Compiles the fields of each type that turns up, once. The root is never asked which type it is: subgraphs call it as they like. */
const compileObject = (
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  source: NamedSource,
  isRoot: boolean,
): Complete => {
  const compiled = new Map<string, ShapedType | string>();
  const shapedAs = (typename: unknown): ShapedType | string => {
    const name = isRoot || typeof typename !== 'string' ? type.name : typename;
    let shapedType = compiled.get(name);
    if (shapedType === undefined) {
      shapedType = compileFields(selectionSets, source.schema.getType(name), type, source, isRoot);
      compiled.set(name, shapedType);
    }
    return shapedType;
  };
  const shapedFor = (value: Fetched): ShapedType | string => {
    const shapedType = shapedAs(own(value, '__typename'));
    if (typeof shapedType === 'string' || shapedType.unknown === null) return shapedType;
    return isUnresolved(value) ? shapedType.unknown : shapedType;
  };
  return (value, at) => {
    if (value === null || value === undefined) return null;
    if (!isFetched(value)) {
      note(at, `A subgraph answered with a value that is no ${type.name}.`);
      return null;
    }
    const shapedType = shapedFor(value);
    if (typeof shapedType === 'string') {
      note(at, shapedType);
      return null;
    }
    const before = at.deferred.length;
    const told = at.errors.length;
    const shaped = shapedType.make(value, at);
    if (shaped === unfit) {
      at.deferred.length = before;
      // That it is not there is an answer, and no failure.
      if (isAbsent(value)) at.errors.length = told;
      return null;
    }
    for (const later of shapedType.later) at.deferred.push(putOff(value, later, at.path));
    return shaped;
  };
};

const putOff = (
  value: Fetched,
  { label, complete }: ShapedLater,
  path: readonly (string | number)[],
): DeferredObject => {
  const here = [...path];
  return {
    label,
    path: here,
    shape: (errors, introspect, deferred) =>
      objectOrNull(complete(value, { path: [...here], errors, introspect, deferred })),
  };
};

/** The fields of one type, or why its objects cannot be shown. A type that clients do not know is not named to them. */
const compileFields = (
  selectionSets: readonly SelectionSetNode[],
  actual: unknown,
  declared: GraphQLCompositeType,
  source: NamedSource,
  isRoot: boolean,
): ShapedType | string => {
  if (!isCompositeType(actual as never)) return `The type of this ${declared.name} is not known.`;
  const type = actual as GraphQLCompositeType;
  const { fields, deferred, asksForType } = collectFields(selectionSets, type, source);
  const unknown = isAbstractType(type)
    ? `No subgraph could tell which kind of ${declared.name} this is.`
    : null;
  if (unknown !== null && asksForType) return unknown;
  return {
    unknown,
    make: compileMakeObject(
      [...fields].map(([key, nodes]) => ({
        key,
        wireName: source.wireName(nodes[0]),
        ...compileField(nodes, type, source),
      })),
    ),
    later: deferred.map(({ label, selectionSet }) => ({
      label,
      complete: compileObject([selectionSet], type, source, isRoot),
    })),
  };
};

const compileField = (
  nodes: SameFields,
  type: GraphQLCompositeType,
  source: NamedSource,
): Pick<ObjectField<Completion>, 'isFit' | 'complete'> => {
  const name = nodes[0].name.value;
  if (name === '__typename') return { isFit: null, complete: () => type.name };
  if (name === '__schema' || name === '__type')
    return { isFit: null, complete: (_value, { introspect }) => introspect(nodes) };
  const field = 'getFields' in type ? type.getFields()[name] : undefined;
  if (!field) throw new Error(`${type.name} has no field ${name}`);
  const named = getNullableType(field.type);
  return {
    isFit: isLeafType(named) ? leafCheckOf(named) : null,
    complete: compileType(field.type, nodes, `${type.name}.${name}`, source),
  };
};

/** Adds an error, unless one that is known already tells of this place, of one below it, or of all. */
const note = ({ path, errors }: Completion, message: string): void => {
  const tells = ({ path: told }: GraphQLError): boolean =>
    !told || told.every((step, depth) => depth >= path.length || step === path[depth]);
  if (errors.some(tells)) return;
  errors.push(
    new GraphQLError(message, { path: [...path], extensions: { code: 'INVALID_SUBGRAPH_ANSWER' } }),
  );
};
