import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { HttpGraphqlServer } from '../execution/known/answer-known-first.ts';
import { continueTrace, type RequestContext } from '../execution/request-context.ts';
import type { Identification } from '../identity/identify.ts';
import { reachedAt } from '../identity/reached-at.ts';
import type { Metrics } from '../metrics.ts';
import { BadBody, readJsonBody } from './read-body.ts';
import { type Route, sendError } from './send.ts';

type Options = {
  readonly server: HttpGraphqlServer;
  readonly identification: Identification;
  readonly sessionHeader: string;
  readonly refreshCookieName: string;
  readonly trustedHops: number;
  readonly maxBodyBytes: number;
  readonly metrics: Metrics;
};

/** Queries and mutations over HTTP. Apollo Server, to which goes all that is not known, refuses what a foreign form could have sent. */
export const createGraphqlOverHttp = (options: Options): Route => {
  const { server, metrics } = options;
  return async (request, response) => {
    const observed = metrics.latency.startTimer();
    response.once('finish', () => {
      observed();
      metrics.requests.inc({ status: response.statusCode });
    });
    let body: unknown;
    try {
      body = request.method === 'POST' ? await readJsonBody(request, options.maxBodyBytes) : undefined;
    } catch (error) {
      if (!(error instanceof BadBody)) throw error;
      if (error.status === 413) response.setHeader('connection', 'close');
      return sendError(response, error.status, error.code, error.message);
    }
    const setCookies: string[] = [];
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headerMap(request),
        search: searchOf(request),
        body,
      },
      context: () => contextOf(request, setCookies, options),
    });
    if (setCookies.length > 0) response.setHeader('set-cookie', setCookies);
    await write(answer, response);
  };
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

const searchOf = ({ url = '' }: IncomingMessage): string => {
  const begin = url.indexOf('?');
  return begin < 0 ? '' : url.slice(begin);
};

const headerMap = ({ headers }: IncomingMessage): HeaderMap => {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
};

const write = async (answer: HTTPGraphQLResponse, response: ServerResponse): Promise<void> => {
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.setHeader('cache-control', 'private, no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.statusCode = answer.status ?? 200;
  if (answer.body.kind === 'complete') {
    response.end(answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
};
