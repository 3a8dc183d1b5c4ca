import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, getOperationAST, parse } from 'graphql';
import type { AskSubgraph } from '../execution/plan/run.ts';
import { prepareOperation } from '../execution/prepared-operation.ts';
import { runOperation } from '../execution/run-operation.ts';
import type { SubgraphAnswer } from '../subgraphs/subgraph-answer.ts';
import { buildGraph, type Graph } from '../supergraph/graph.ts';
import { compose } from './compose.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@external", "@requires", "@shareable", "@interfaceObject"
])`;

export type InProcessSubgraph = {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers?: Readonly<Record<string, object>>;
};

const documentOf = ({ sdl }: InProcessSubgraph) => parse(`${link}\n${sdl}`);

export const composed = (subgraphs: readonly InProcessSubgraph[]): string =>
  compose(
    subgraphs.map((one) => ({ name: one.name, url: `http://${one.name}`, typeDefs: documentOf(one) })),
  );

/** A graph, and its subgraphs, which answer in this process. */
export const inProcessGraph = (
  subgraphs: readonly InProcessSubgraph[],
): { readonly graph: Graph; readonly ask: AskSubgraph } => {
  const schemas = new Map(
    subgraphs.map((one) => [
      one.name,
      buildSubgraphSchema({ typeDefs: documentOf(one), resolvers: (one.resolvers ?? {}) as never }),
    ]),
  );
  return {
    graph: buildGraph(composed(subgraphs)),
    ask: async (name, { body }) => {
      const schema = schemas.get(name);
      if (!schema) return null;
      const { query, variables } = JSON.parse(body);
      const answer = await execute({ schema, document: parse(query), variableValues: variables });
      return JSON.parse(JSON.stringify(answer)) as SubgraphAnswer;
    },
  };
};

export const operationIn = (query: string) => {
  const document = parse(query);
  const definition = getOperationAST(document);
  if (!definition) throw new Error('no operation');
  return { document, definition };
};

/** Runs an operation all at once; of errors it says where and which. */
export const runIn = async (
  graph: Graph,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  ask: AskSubgraph,
) => {
  const { document, definition } = operationIn(query);
  const prepared = prepareOperation(graph, document, definition);
  const { data, errors = [] } = await runOperation(prepared, variables, ask);
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors.map(({ path, extensions }) => [path, extensions.code]),
  };
};

/** Runs operations over subgraphs that answer in this process; one of them may be down. */
export const serveInProcess = (subgraphs: readonly InProcessSubgraph[]) => {
  const { graph, ask } = inProcessGraph(subgraphs);
  return (query: string, variables: Readonly<Record<string, unknown>> = {}, down?: string) =>
    runIn(graph, query, variables, async (name, question) => (name === down ? null : ask(name, question)));
};
