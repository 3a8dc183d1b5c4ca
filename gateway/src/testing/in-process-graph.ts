import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, getOperationAST, parse } from 'graphql';
import type { AskSubgraph } from '../execution/plan/run.ts';
import { prepareOperation } from '../execution/prepared-operation.ts';
import { runOperation } from '../execution/run-operation.ts';
import type { SubgraphAnswer } from '../execution/subgraph-answer.ts';
import { buildGraph } from '../supergraph/graph.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@external", "@requires", "@shareable", "@interfaceObject"
])`;

export type InProcessSubgraph = {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers?: Readonly<Record<string, object>>;
};

const documentOf = ({ sdl }: InProcessSubgraph) => parse(`${link}\n${sdl}`);

export const composed = (subgraphs: readonly InProcessSubgraph[]): string => {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map((one) => ({ name: one.name, url: `http://${one.name}`, typeDefs: documentOf(one) })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};

/** Runs operations over subgraphs that answer in this process; one of them may be down. */
export const serveInProcess = (subgraphs: readonly InProcessSubgraph[]) => {
  const graph = buildGraph(composed(subgraphs));
  const schemas = new Map(
    subgraphs.map((one) => [
      one.name,
      buildSubgraphSchema({ typeDefs: documentOf(one), resolvers: (one.resolvers ?? {}) as never }),
    ]),
  );
  const askUnless =
    (down: string | undefined): AskSubgraph =>
    async (name, { body }) => {
      const schema = schemas.get(name);
      if (!schema || name === down) return null;
      const { query, variables } = JSON.parse(body);
      const answer = await execute({ schema, document: parse(query), variableValues: variables });
      return JSON.parse(JSON.stringify(answer)) as SubgraphAnswer;
    };
  return async (query: string, variables: Readonly<Record<string, unknown>> = {}, down?: string) => {
    const document = parse(query);
    const definition = getOperationAST(document);
    if (!definition) throw new Error('no operation');
    const prepared = prepareOperation(graph, document, definition);
    const { data, errors = [] } = await runOperation(prepared, variables, askUnless(down));
    return {
      data: JSON.parse(JSON.stringify(data ?? null)),
      errors: errors.map(({ path, extensions }) => [path, extensions.code]),
    };
  };
};
