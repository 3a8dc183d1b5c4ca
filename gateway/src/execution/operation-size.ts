import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { operationTooLarge } from '../errors.ts';

/** How deep an operation may nest, and how many list items it may ask for at most. */
export type SizeLimits = { readonly maxDepth: number; readonly maxNodes: number };

/** Levels of fields below, and list items at most: a page's size times what each of its items asks for. */
type Size = { readonly depth: number; readonly nodes: number };

type Operation = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
};

/** Arguments that say how long a list may get. */
const pageSizes = new Set(['first', 'last', 'limit']);

/**
 * What an operation could cost at most, known before it is planned. Each fragment is measured once, so that measuring
 * is linear in the document. Asks for a valid document: fragments without cycles.
 */
export const measureOperation = ({ schema, document, definition, variables }: Operation): Size => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const given = new Map(
    definition.variableDefinitions?.map(({ variable: { name }, defaultValue }) => [
      name.value,
      variables[name.value] ?? (defaultValue && valueFromASTUntyped(defaultValue)),
    ]),
  );
  const measured = new Map<string, Size>();

  const ofFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const size = fragment
      ? ofSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value))
      : { depth: 0, nodes: 0 };
    measured.set(name, size);
    return size;
  };

  const ofField = (field: FieldNode, parent: GraphQLNamedType | undefined): Size => {
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
    const below = field.selectionSet
      ? ofSelections(field.selectionSet, definition && getNamedType(definition.type))
      : { depth: 0, nodes: 0 };
    const pager = definition?.args.find(({ name }) => pageSizes.has(name));
    if (!pager) return { depth: below.depth + 1, nodes: below.nodes };
    const argument = field.arguments?.find(({ name }) => name.value === pager.name)?.value;
    const asked = argument && valueFromASTUntyped(argument, Object.fromEntries(given));
    const items = Number(asked ?? pager.defaultValue ?? 1);
    return { depth: below.depth + 1, nodes: Math.max(items, 0) * (1 + below.nodes) };
  };

  const ofSelection = (selection: SelectionNode, parent: GraphQLNamedType | undefined): Size => {
    if (selection.kind === Kind.FIELD) return ofField(selection, parent);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    const condition = selection.typeCondition?.name.value;
    return ofSelections(selection.selectionSet, condition ? schema.getType(condition) : parent);
  };

  const ofSelections = ({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): Size => {
    let [depth, nodes] = [0, 0];
    for (const selection of selections) {
      const size = ofSelection(selection, parent);
      depth = Math.max(depth, size.depth);
      nodes += size.nodes;
    }
    return { depth, nodes };
  };

  return ofSelections(definition.selectionSet, schema.getRootType(definition.operation) ?? undefined);
};

/** The error for an operation that asks for more than the limits; null when it may run. */
export const refuseTooLarge = (operation: Operation, limits: SizeLimits): GraphQLError | null => {
  const { depth, nodes } = measureOperation(operation);
  if (depth > limits.maxDepth) {
    return operationTooLarge(
      `The operation nests ${depth} levels deep; at most ${limits.maxDepth} are allowed.`,
    );
  }
  if (nodes > limits.maxNodes) {
    return operationTooLarge(
      `The operation may ask for ${nodes} list items; at most ${limits.maxNodes} are allowed. Ask for shorter pages.`,
    );
  }
  return null;
};
