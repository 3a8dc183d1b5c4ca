import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  validate,
  visit,
} from 'graphql';

/** A file of a client, as it is. */
export type ClientFile = { readonly path: string; readonly text: string };

type ManifestOperation = {
  readonly id: string;
  readonly name: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly body: string;
};
export type Manifest = {
  readonly format: 'apollo-persisted-query-manifest';
  readonly version: 1;
  readonly operations: readonly ManifestOperation[];
};

/** A document that a client may send, with the text that it sends. */
type ClientDocument = { readonly path: string; readonly body: string; readonly document: DocumentNode };

/**
 * The operations of clients in Apollo's format, each once, in order of name. From `.graphql` files each operation is
 * printed with the fragments that it uses, from whatever file; a tagged literal in code is sent as it stands. Throws an
 * error that names each operation that the schema does not take.
 */
export const createManifest = (files: readonly ClientFile[], schema: GraphQLSchema): Manifest => {
  const documents = [
    ...fromGraphqlFiles(files.filter(({ path }) => path.endsWith('.graphql'))),
    ...files.filter(({ path }) => !path.endsWith('.graphql')).flatMap(fromLiterals),
  ];
  const problems = documents.flatMap(({ path, document }) =>
    validate(schema, document).map(({ message }) => `${path}: ${message}`),
  );
  if (problems.length > 0)
    throw new Error(`The schema does not take these operations:\n${problems.join('\n')}`);
  const operations = new Map(documents.flatMap(toOperations).map((operation) => [operation.id, operation]));
  return {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [...operations.values()].sort((one, other) =>
      `${one.name} ${one.id}`.localeCompare(`${other.name} ${other.id}`, 'en'),
    ),
  };
};

const fromGraphqlFiles = (files: readonly ClientFile[]): ClientDocument[] => {
  const parsed = files.map(({ path, text }) => ({ path, document: parseIn(path, text) }));
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const { document } of parsed)
    for (const node of document.definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  return parsed.flatMap(({ path, document }) =>
    operationsIn(document).map((operation) => {
      const definitions = [operation, ...usedBy(operation, fragments)];
      const whole: DocumentNode = { kind: Kind.DOCUMENT, definitions };
      return { path, document: whole, body: print(whole) };
    }),
  );
};

const usedBy = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] => {
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name: { value } }) => {
        const fragment = fragments.get(value);
        if (!fragment || used.has(value)) return;
        used.set(value, fragment);
        collect(fragment);
      },
    });
  };
  collect(operation);
  return [...used.values()].sort((one, other) => one.name.value.localeCompare(other.name.value, 'en'));
};

/** Literals that put something in are no documents before they run. */
const literal = /(?:\/\* GraphQL \*\/\s*|(?<![/`\w-])(?:gql|graphql))`((?:[^`$]|\$(?!\{))+)`/g;

const fromLiterals = ({ path, text }: ClientFile): ClientDocument[] =>
  [...text.matchAll(literal)].map(([, body = '']) => ({ path, body, document: parseIn(path, body) }));

const parseIn = (path: string, text: string): DocumentNode => {
  try {
    return parse(text);
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
};

const toOperations = ({ body, document }: ClientDocument): ManifestOperation[] =>
  operationsIn(document).map(({ name, operation, selectionSet: { selections } }) => {
    const [first] = selections;
    const nameless = first?.kind === Kind.FIELD ? first.name.value : operation;
    return {
      id: createHash('sha256').update(body).digest('hex'),
      name: name?.value ?? nameless,
      type: operation,
      body,
    };
  });

const operationsIn = (document: DocumentNode): OperationDefinitionNode[] =>
  document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
