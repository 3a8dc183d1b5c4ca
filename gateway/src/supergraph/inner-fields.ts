import {
  type ConstDirectiveNode,
  type DocumentNode,
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Names of fields that plans ask for by themselves, because keys and `@requires` need them. */
export type InnerFields = {
  readonly names: ReadonlySet<string>;
  /** Those that some `@requires` gives arguments to. */
  readonly withArguments: ReadonlySet<string>;
};

/**
 * Reads them from a supergraph's SDL. Throws when a field is required with arguments here and with others there: an
 * object that goes to a subgraph has one place for it, and one of the two would get the other's value.
 */
export const readInnerFields = (sdl: DocumentNode, schema: GraphQLSchema): InnerFields => {
  const types = sdl.definitions.filter(
    (definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
  const keys = types.flatMap((type) =>
    appliedTo(type, 'join__type').flatMap(({ key }) => fieldsIn(key, type.name.value, schema)),
  );
  const nameOfGraph = graphNames(sdl);
  const required = types.flatMap(({ name: { value: type }, fields = [] }) =>
    fields.flatMap((field) =>
      appliedTo(field, 'join__field').flatMap(({ graph, requires }) => {
        const by = `${type}.${field.name.value} in subgraph "${nameOfGraph.get(graph)}"`;
        return fieldsIn(requires, type, schema).map((one): RequiredField => ({ ...one, by }));
      }),
    ),
  );
  refuseContradictions(required, schema);
  return {
    names: new Set(['__typename', ...namesOf(keys), ...namesOf(required)]),
    withArguments: new Set(namesOf(required.filter(({ given }) => given !== ''))),
  };
};

const namesOf = (fields: readonly InnerField[]): string[] => fields.map(({ name }) => name);

type InnerField = {
  readonly name: string;
  readonly parent: GraphQLCompositeType;
  /** Its arguments, as text that is equal when they are. */
  readonly given: string;
};

type RequiredField = InnerField & { readonly by: string };

const refuseContradictions = (required: readonly RequiredField[], schema: GraphQLSchema): void => {
  for (const one of required)
    for (const other of required)
      if (
        one.name === other.name &&
        one.given !== other.given &&
        doTypesOverlap(schema, one.parent, other.parent)
      )
        throw new Error(
          `${one.by} requires ${one.parent.name}.${one.name}${one.given}, and ${other.by} ${other.parent.name}.${other.name}${other.given}. A field can be required with one set of arguments only.`,
        );
};

const fieldsIn = (fieldSet: unknown, typename: string, schema: GraphQLSchema): InnerField[] => {
  const type = schema.getType(typename);
  if (fieldSet === undefined || !isCompositeType(type)) return [];
  const found: InnerField[] = [];
  const typeInfo = new TypeInfo(schema, type);
  visit(
    selectionSetOf(String(fieldSet)),
    visitWithTypeInfo(typeInfo, {
      Field: ({ name, arguments: given = [] }) => {
        const parent = typeInfo.getParentType();
        const texts = given.map((argument) => print(argument)).toSorted();
        if (parent)
          found.push({ name: name.value, parent, given: texts.length > 0 ? `(${texts.join(', ')})` : '' });
      },
    }),
  );
  return found;
};

const selectionSetOf = (fieldSet: string): SelectionSetNode => {
  const [definition] = parse(`{${fieldSet}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`not a set of fields: ${fieldSet}`);
  return definition.selectionSet;
};

type Directed = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

const appliedTo = ({ directives = [] }: Directed, name: string): Record<string, unknown>[] =>
  directives
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(
        given.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
      ),
    );

/** Subgraphs' names by what the supergraph calls them in its directives. */
const graphNames = ({ definitions }: DocumentNode): ReadonlyMap<unknown, unknown> =>
  new Map(
    definitions
      .filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION)
      .filter(({ name }) => name.value === 'join__Graph')
      .flatMap(({ values = [] }) => values)
      .map((value) => [value.name.value, appliedTo(value, 'join__graph')[0]?.name ?? value.name.value]),
  );
