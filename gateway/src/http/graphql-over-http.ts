import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { FindDocument } from '../documents/find-document.ts';
import { continueTrace, type RequestContext } from '../execution/request-context.ts';
import type { Identification } from '../identity/identify.ts';
import { reachedAt } from '../identity/reached-at.ts';
import type { Metrics } from '../metrics.ts';
import { legacyStatus } from './legacy-status.ts';
import { BadBody, readJsonBody } from './read-body.ts';
import { type Route, sendError, sendGraphqlError } from './send.ts';
import { type ParametersInHttp, withDocument } from './with-document.ts';

type Options = {
  readonly apollo: ApolloServer<RequestContext>;
  readonly identification: Identification;
  readonly sessionHeader: string;
  readonly refreshCookieName: string;
  readonly trustedHops: number;
  readonly maxBodyBytes: number;
  readonly findDocument: FindDocument;
  readonly metrics: Metrics;
};

/** Queries and mutations over HTTP, through Apollo Server, which also refuses requests that a foreign form could have sent. */
export const createGraphqlOverHttp = (options: Options): Route => {
  const { apollo, metrics } = options;
  return async (request, response) => {
    const observed = metrics.latency.startTimer();
    response.once('finish', () => {
      observed();
      metrics.requests.inc({ status: response.statusCode });
    });
    let asked: ParametersInHttp;
    try {
      asked = await withDocument(await readParameters(request, options.maxBodyBytes), options.findDocument);
    } catch (error) {
      return refuse(request, response, error);
    }
    const setCookies: string[] = [];
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        ...asked,
        headers: headerMap(request),
      },
      context: () => contextOf(request, setCookies, options),
    });
    if (setCookies.length > 0) response.setHeader('set-cookie', setCookies);
    await write(answer, response, request.headers.accept);
  };
};

const readParameters = async (
  request: IncomingMessage,
  maxBodyBytes: number,
): Promise<ParametersInHttp> => ({
  method: request.method ?? 'GET',
  search: new URL(request.url ?? '/', 'http://gateway').search,
  body: request.method === 'POST' ? await readJsonBody(request, maxBodyBytes) : undefined,
});

const refuse = (request: IncomingMessage, response: ServerResponse, error: unknown): void => {
  if (error instanceof GraphQLError) sendGraphqlError(request, response, error);
  else if (error instanceof BadBody) {
    if (error.status === 413) response.setHeader('connection', 'close');
    sendError(response, error.status, error.code, error.message);
  } else throw error;
};

const contextOf = async (
  request: IncomingMessage,
  setCookies: string[],
  { identification, sessionHeader, refreshCookieName, trustedHops }: Options,
): Promise<RequestContext> => {
  const { viewer, refreshCookie } = await identification.identify({
    headers: request.headers,
    peer: request.socket.remoteAddress,
  });
  const session = request.headers[sessionHeader];
  return {
    viewer,
    traceparent: continueTrace(request.headers.traceparent),
    sessionHeaders: {
      ...reachedAt(request.headers, trustedHops),
      ...(typeof session === 'string' ? { [sessionHeader]: session } : {}),
      ...(refreshCookie === null
        ? {}
        : { cookie: `${refreshCookieName}=${encodeURIComponent(refreshCookie)}` }),
    },
    setCookies,
  };
};

const headerMap = ({ headers }: IncomingMessage): HeaderMap => {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
};

const write = async (
  answer: HTTPGraphQLResponse,
  response: ServerResponse,
  accept: string | undefined,
): Promise<void> => {
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.setHeader('cache-control', 'private, no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.statusCode = answer.status ?? 200;
  if (answer.body.kind === 'complete') {
    response.statusCode = legacyStatus(response.statusCode, accept, answer.body.string);
    response.end(answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
};
