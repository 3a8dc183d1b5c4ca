import {
  execute,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';

/** Answers one of an operation's `__schema` and `__type` fields, which are the gateway's own to answer. */
export type Introspect = (nodes: readonly FieldNode[]) => unknown;

export const createIntrospect =
  (
    schema: GraphQLSchema,
    definition: OperationDefinitionNode,
    fragments: Iterable<FragmentDefinitionNode>,
    variableValues: Readonly<Record<string, unknown>>,
  ): Introspect =>
  (nodes) => {
    const [first] = nodes;
    if (!first) return null;
    const result = execute({
      schema,
      document: {
        kind: Kind.DOCUMENT,
        definitions: [
          {
            kind: Kind.OPERATION_DEFINITION,
            operation: OperationTypeNode.QUERY,
            variableDefinitions: definition.variableDefinitions ?? [],
            selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
          },
          ...fragments,
        ],
      },
      variableValues,
    });
    if (!('data' in result) || !result.data) throw new Error('introspection failed');
    return result.data[(first.alias ?? first.name).value];
  };
