import type { Answer, Variables } from './connect.ts';
import { UnreachableError } from './unreachable-error.ts';

type Request = {
  readonly url: string;
  readonly document: string;
  readonly variables: Variables;
  readonly token: string | null;
};

/** One GraphQL request over HTTP. Throws UnreachableError when nothing answers; errors in the answer are in the answer. */
export const post = async <Data>({ url, document, variables, token }: Request): Promise<Answer<Data>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query: document, variables }),
  }).catch((cause: unknown) => {
    throw new UnreachableError(url, cause);
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Data>>;
  return { data, errors, status: response.status };
};
