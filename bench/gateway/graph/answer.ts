import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;
type Source = Readonly<Record<string, unknown>>;
type Select = (source: Source, variables: Variables) => Record<string, unknown>;

/** Answers a request's body from a root whose functions are its fields with arguments. */
export type AnswerQuestion = (body: string) => string;

/**
 * The cheapest GraphQL that still answers whatever it is asked: a document is compiled once, to functions that pick fields.
 * Nothing is validated, since gateways ask, and their answers are compared.
 */
export const createAnswer = (root: Source): AnswerQuestion => {
  const compiled = new Map<string, Select>();
  return (body) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Variables };
    let select = compiled.get(query);
    if (!select) {
      select = compile(query);
      compiled.set(query, select);
    }
    return JSON.stringify({ data: select(root, variables ?? {}) });
  };
};

const compile = (query: string): Select => {
  const { definitions } = parse(query);
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }
  return compileSelections(operation?.selectionSet.selections ?? [], fragments);
};

/** Adds its part of a source to the answer. */
type Pick = (source: Source, variables: Variables, picked: Record<string, unknown>) => void;

const compileSelections = (
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Select => {
  const picks = selections.map((selection) => compilePick(selection, fragments));
  return (source, variables) => {
    const picked = {};
    for (const pick of picks) pick(source, variables, picked);
    return picked;
  };
};

/** A fragment's type is not looked at: no two types of a subgraph are ever at one place here. */
const compilePick = (
  selection: SelectionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Pick => {
  if (selection.kind !== Kind.FIELD) {
    const { selections = [] } =
      (selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value))
        ?.selectionSet ?? {};
    const picks = selections.map((one) => compilePick(one, fragments));
    return (source, variables, picked) => {
      for (const pick of picks) pick(source, variables, picked);
    };
  }
  const name = selection.name.value;
  const key = selection.alias?.value ?? name;
  const readArguments = compileArguments(selection.arguments ?? []);
  const select = selection.selectionSet && compileSelections(selection.selectionSet.selections, fragments);
  return (source, variables, picked) => {
    const field = source[name];
    const value = typeof field === 'function' ? field(readArguments(variables)) : field;
    picked[key] = select ? selectIn(value, select, variables) : value;
  };
};

const selectIn = (value: unknown, select: Select, variables: Variables): unknown => {
  if (Array.isArray(value)) return value.map((item) => selectIn(item, select, variables));
  return value === null || value === undefined ? null : select(value as Source, variables);
};

const compileArguments = (
  nodes: readonly { readonly name: { readonly value: string }; readonly value: ValueNode }[],
): ((variables: Variables) => Variables) => {
  const readers = nodes.map(({ name, value }) => [name.value, value] as const);
  return (variables) => {
    const given: Record<string, unknown> = {};
    for (const [name, value] of readers)
      given[name] =
        value.kind === Kind.VARIABLE ? variables[value.name.value] : valueFromASTUntyped(value, variables);
    return given;
  };
};
