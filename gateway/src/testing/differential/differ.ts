import { parse, validate } from 'graphql';
import { saidBy } from './compare.ts';
import { randomOperation } from './random-operation.ts';
import type { ServedGraph } from './served-graph.ts';

/** An operation whose two answers differ. */
export type Difference = {
  readonly seed: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly throughSubgraphs: unknown;
  readonly asOne: unknown;
};

/** Asks a graph the operation of a seed in both ways; null when it is not valid, and undefined when the answers agree. */
export const differ = async (
  { graph, throughSubgraphs, asOne }: ServedGraph,
  seed: string,
): Promise<Difference | null | undefined> => {
  const { query, variables } = randomOperation(graph.clientSchema, seed);
  const document = parse(query);
  if (validate(graph.clientSchema, document).length > 0) return null;
  const [ours, one] = await Promise.all([
    throughSubgraphs(document, variables),
    asOne(document, variables),
  ]);
  const [said, expected] = [saidBy(ours), saidBy(one)];
  if (JSON.stringify(said) === JSON.stringify(expected)) return undefined;
  return { seed, query, variables, throughSubgraphs: said, asOne: expected };
};
