import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';

/** What `@cacheControl` says of a type or a field. `maxAge` is in seconds. */
export type CacheHint = {
  readonly maxAge?: number;
  readonly scope?: 'PUBLIC' | 'PRIVATE';
  readonly inheritMaxAge?: boolean;
};

/** What a supergraph says of how long answers keep, and of who answers what. */
export type CacheHints = {
  readonly ofType: (type: string) => CacheHint | undefined;
  readonly ofField: (type: string, field: string) => CacheHint | undefined;
  /** The subgraphs that answer a field. */
  readonly answeredBy: (type: string, field: string) => readonly string[];
  /** The subgraphs that define a type, and do not only point at it. */
  readonly definedBy: (type: string) => readonly string[];
  /** The fields of an entity's first key that has no nested fields; its key in messages and in dependencies. */
  readonly keyOf: (type: string) => readonly string[] | undefined;
};

/** Reads the hints of a supergraph's SDL; null when it has none. */
export const readCacheHints = (sdl: DocumentNode): CacheHints | null => {
  const types = new Map<string, CacheHint>();
  const fields = new Map<string, CacheHint>();
  const answerers = new Map<string, readonly string[]>();
  const definers = new Map<string, readonly string[]>();
  const keys = new Map<string, readonly string[]>();
  for (const definition of sdl.definitions) {
    if (!isComposite(definition)) continue;
    const type = definition.name.value;
    const joins = argumentsOf(definition, 'join__type');
    const defining = joins.filter(({ resolvable }) => resolvable !== false);
    definers.set(type, graphsOf(defining));
    const key = defining.find((join) => isFlat(join.key))?.key;
    if (key !== undefined) keys.set(type, String(key).trim().split(/\s+/));
    noteHint(types, type, definition);
    for (const field of definition.fields ?? []) {
      const at = `${type}.${field.name.value}`;
      noteHint(fields, at, field);
      answerers.set(at, answerersOf(field) ?? graphsOf(joins));
    }
  }
  if (types.size === 0 && fields.size === 0) return null;
  return {
    ofType: (type) => types.get(type),
    ofField: (type, field) => fields.get(`${type}.${field}`),
    answeredBy: (type, field) => answerers.get(`${type}.${field}`) ?? [],
    definedBy: (type) => definers.get(type) ?? [],
    keyOf: (type) => keys.get(type),
  };
};

type Definition = Pick<ObjectTypeDefinitionNode, 'name' | 'directives' | 'fields'>;

const isComposite = (definition: { kind: Kind }): definition is Definition & { kind: Kind } =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
  definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
  definition.kind === Kind.UNION_TYPE_DEFINITION;

type Directed = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

const argumentsOf = ({ directives }: Directed, name: string): Record<string, unknown>[] =>
  (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map((directive) =>
      Object.fromEntries(
        (directive.arguments ?? []).map((given) => [given.name.value, valueFromASTUntyped(given.value)]),
      ),
    );

const noteHint = (hints: Map<string, CacheHint>, name: string, node: Directed): void => {
  const [hint] = argumentsOf(node, 'cacheControl');
  if (hint) hints.set(name, hint);
};

/** A field without `@join__field` is answered by every subgraph that has its type. */
const answerersOf = (field: FieldDefinitionNode): readonly string[] | undefined => {
  const joined = argumentsOf(field, 'join__field').filter(({ graph }) => graph !== undefined);
  if (joined.length === 0) return undefined;
  return graphsOf(
    joined.filter(({ external, usedOverridden }) => external !== true && usedOverridden !== true),
  );
};

const isFlat = (key: unknown): boolean => typeof key === 'string' && /^[\w\s]+$/.test(key);

const graphsOf = (joins: readonly Record<string, unknown>[]): readonly string[] => [
  ...new Set(joins.map(({ graph }) => String(graph))),
];
