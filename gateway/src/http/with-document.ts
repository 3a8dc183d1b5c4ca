import type { DocumentParameters, FindDocument } from '../documents/find-document.ts';

/** Where a GraphQL request over HTTP has its parameters: in a JSON body, or in the query string. */
export type ParametersInHttp = {
  readonly method: string;
  readonly search: string;
  readonly body: unknown;
};

/**
 * Puts the document into a request that names it by an id or a hash. A request that is no GraphQL, or names none, stays as
 * it is: Apollo Server says what is wrong with it.
 */
export const withDocument = async <Request extends ParametersInHttp>(
  request: Request,
  find: FindDocument,
): Promise<Request> => {
  if (request.method === 'GET') return { ...request, search: await inSearch(request.search, find) };
  return isRecord(request.body) ? { ...request, body: await inBody(request.body, find) } : request;
};

const inBody = async (body: DocumentParameters, find: FindDocument): Promise<DocumentParameters> => {
  const query = await find(body);
  if (query === undefined) return body;
  if (isRecord(body.extensions)) return { ...body, query, extensions: withoutHash(body.extensions) };
  return query === body.query ? body : { ...body, query };
};

const inSearch = async (search: string, find: FindDocument): Promise<string> => {
  const parameters = new URLSearchParams(search);
  const extensions = parsed(parameters.get('extensions'));
  const query = await find({
    query: parameters.get('query'),
    documentId: parameters.get('documentId'),
    operationName: parameters.get('operationName'),
    extensions,
  });
  if (query === undefined) return search;
  if (!parameters.has('query')) parameters.set('query', query);
  if (isRecord(extensions)) parameters.set('extensions', JSON.stringify(withoutHash(extensions)));
  return parameters.toString();
};

/** The hash has been dealt with; other extensions are for whoever knows them. */
const withoutHash = ({ persistedQuery: _, ...others }: Record<string, unknown>): Record<string, unknown> =>
  others;

const parsed = (text: string | null): unknown => {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
