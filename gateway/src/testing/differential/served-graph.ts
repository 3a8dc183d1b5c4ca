import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DirectiveNode,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  parse,
} from 'graphql';
import type { AskSubgraph } from '../../execution/plan/run.ts';
import { prepareOperation } from '../../execution/prepared-operation.ts';
import { runOperation } from '../../execution/run-operation.ts';
import { buildGraph, type Graph } from '../../supergraph/graph.ts';
import { compose } from '../compose.ts';
import { createWorld, type World, type WorldFacts, type WorldObject } from './world.ts';

export type SubgraphSource = { readonly name: string; readonly sdl: string };
type Variables = Readonly<Record<string, unknown>>;
type GraphQLResolverMap = Record<string, { __resolveReference(reference: Variables): WorldObject | null }>;

/** A supergraph whose data is generated: run over its subgraphs, or as if there were but one. */
export type ServedGraph = {
  readonly graph: Graph;
  throughSubgraphs(document: DocumentNode, variables: Variables): Promise<ExecutionResult>;
  asOne(document: DocumentNode, variables: Variables): Promise<ExecutionResult>;
};

export const serveGraph = (subgraphs: readonly SubgraphSource[]): ServedGraph => {
  const sources = subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: `http://${name}` }));
  const graph = buildGraph(compose(sources));
  const world = createWorld(graph.clientSchema, factsOf(sources.map(({ typeDefs }) => typeDefs)));
  const schemas = new Map(sources.map(({ name, typeDefs }) => [name, subgraphSchema(typeDefs, world)]));

  const run = async (schema: GraphQLSchema, document: DocumentNode, variableValues: Variables) =>
    execute({
      schema,
      document,
      variableValues,
      rootValue: root(getOperationAST(document)?.operation),
      fieldResolver: resolverOf(world),
      typeResolver: ({ __typename }: WorldObject) => __typename,
    });
  const ask: AskSubgraph = async (name, { body }) => {
    const schema = schemas.get(name);
    if (!schema) throw new Error(`no subgraph ${name}`);
    const { query, variables } = JSON.parse(body);
    const { data, errors: failed } = await run(schema, parse(query), variables ?? {});
    return JSON.parse(JSON.stringify({ data, errors: failed })) as {
      data: Record<string, unknown>;
      errors?: GraphQLFormattedError[];
    };
  };
  return {
    graph,
    throughSubgraphs: async (document, variables) => {
      const definition = getOperationAST(document);
      if (!definition) throw new Error('no operation');
      return runOperation(prepareOperation(graph, document, definition), variables, ask);
    },
    asOne: (document, variables) => run(graph.clientSchema, document, variables),
  };
};

const root = (operation = 'query'): WorldObject => ({
  __typename: operation === 'mutation' ? 'Mutation' : 'Query',
  seed: operation,
});

const resolverOf =
  (world: World): GraphQLFieldResolver<WorldObject, unknown> =>
  (parent, args, _context, { fieldName, returnType }) =>
    world.field(parent, fieldName, returnType, args);

/** `_entities` is the library's own; how an entity is found is the world's. */
const subgraphSchema = (typeDefs: DocumentNode, world: World): GraphQLSchema => {
  const resolvers: GraphQLResolverMap = {};
  for (const typename of factsOf([typeDefs]).keys.keys())
    resolvers[typename] = {
      __resolveReference: (reference: Variables) => world.resolveReference(reference),
    };
  return buildSubgraphSchema([{ typeDefs, resolvers }]);
};

/** Keys and requirements as the subgraphs declare them. */
const factsOf = (documents: readonly DocumentNode[]): WorldFacts => {
  const types = documents.flatMap(({ definitions }) => definitions).filter(hasFields);
  const keys = new Map<string, string[]>();
  for (const { name, directives } of types)
    for (const selection of selectionsOf(directives, 'key'))
      keys.set(name.value, [...(keys.get(name.value) ?? []), selection]);
  const requires = new Map(
    types.flatMap(({ name, fields = [] }) =>
      fields.flatMap((field) =>
        selectionsOf(field.directives, 'requires').map(
          (selection) => [`${name.value}.${field.name.value}`, selection] as const,
        ),
      ),
    ),
  );
  return { keys, requires };
};

type TypeWithFields = Extract<
  DocumentNode['definitions'][number],
  { kind: Kind.OBJECT_TYPE_DEFINITION | Kind.INTERFACE_TYPE_DEFINITION | Kind.OBJECT_TYPE_EXTENSION }
>;

const hasFields = (definition: DocumentNode['definitions'][number]): definition is TypeWithFields =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
  definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
  definition.kind === Kind.OBJECT_TYPE_EXTENSION;

const selectionsOf = (directives: readonly DirectiveNode[] | undefined, named: string): string[] =>
  (directives ?? [])
    .filter(({ name }) => name.value === named)
    .flatMap(({ arguments: given }) => given ?? [])
    .flatMap(({ name, value }) =>
      name.value === 'fields' && value.kind === Kind.STRING ? [value.value] : [],
    );
