import type { Answer } from '@emporium/client';
import { wholeGraph } from '../graph/whole-graph.ts';

export type Asked = Pick<Answer<Record<string, unknown>>, 'data' | 'errors' | 'status'>;

/** A subgraph asked as only the gateway can: with a token that it believes, or one that it must not. */
export const askSubgraph = async (
  subgraph: string,
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Asked> => {
  const response = await fetch(`${wholeGraph().urls[subgraph]}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<Asked>;
  return { data, errors, status: response.status };
};
