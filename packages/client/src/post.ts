import type { Answer, Variables } from './client.ts';
import { NotGraphQLError, UnreachableError } from './unreachable-error.ts';

type Request = {
  readonly url: string;
  readonly document: string;
  readonly variables: Variables;
  readonly token: string | null;
};

const patienceMs = 30_000;

/** Reads the body as GraphQL; undefined when it is not. */
const readAnswer = async (response: Response): Promise<Partial<Answer<never>> | undefined> => {
  const body = (await response.json().catch(() => undefined)) as Partial<Answer<never>> | undefined | null;
  const isGraphQL = typeof body === 'object' && body !== null && ('data' in body || 'errors' in body);
  return isGraphQL ? body : undefined;
};

/** One GraphQL request over HTTP. Throws when nothing answers, or no GraphQL; errors in the answer are in the answer. */
export const post = async <Data>({ url, document, variables, token }: Request): Promise<Answer<Data>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: document, variables }),
    signal: AbortSignal.timeout(patienceMs),
  }).catch((cause: unknown) => {
    throw new UnreachableError(url, cause);
  });
  const answer = await readAnswer(response);
  if (!answer) throw new NotGraphQLError(url, response.status);
  const { data = null, errors = [] } = answer;
  return { data, errors, status: response.status };
};
