import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { DeferredAnswer } from '../execution/defer/run-deferral.ts';
import { continueTrace, type RequestContext } from '../execution/request-context.ts';
import { callerOf, type Identification } from '../identity/identify.ts';
import { reachedAt } from '../identity/reached-at.ts';
import type { Metrics } from '../metrics.ts';
import type { Propagation } from '../propagation/propagation.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import { endWith } from './compression.ts';
import { partsContentType, takesParts, writeParts } from './multipart.ts';
import { BadBody, readJsonBody } from './read-body.ts';
import { type Route, sendError } from './send.ts';

type Options = {
  readonly apollo: ApolloServer<RequestContext>;
  readonly identification: Identification;
  readonly rateLimits: RateLimits;
  readonly propagation: Propagation;
  readonly sessionHeader: string;
  readonly refreshCookieName: string;
  readonly trustedHops: number;
  readonly maxBodyBytes: number;
  readonly mask: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
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
    let body: unknown;
    try {
      body = request.method === 'POST' ? await readJsonBody(request, options.maxBodyBytes) : undefined;
    } catch (error) {
      if (!(error instanceof BadBody)) throw error;
      if (error.status === 413) response.setHeader('connection', 'close');
      return sendError(response, error.status, error.code, error.message);
    }
    const results: Results = { setCookies: [], parts: partsFor(request) };
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headerMap(request),
        search: new URL(request.url ?? '/', 'http://gateway').search,
        body,
      },
      context: () => contextOf(request, results, options),
    });
    if (results.setCookies.length > 0) response.setHeader('set-cookie', results.setCookies);
    await write(answer, response, masked(results.parts, options.mask));
  };
};

/** What execution hands over beside its answer. */
type Results = Pick<RequestContext, 'setCookies' | 'parts'>;

const partsFor = ({ headers }: IncomingMessage): Results['parts'] =>
  takesParts(headers.accept) ? { rest: null } : null;

const contextOf = async (
  request: IncomingMessage,
  results: Results,
  { identification, rateLimits, propagation, sessionHeader, refreshCookieName, trustedHops }: Options,
): Promise<RequestContext> => {
  const { viewer, refreshCookie } = await identification.identify(callerOf(request));
  const limited = rateLimits.ofViewer(viewer);
  if (limited) throw limited;
  const session = request.headers[sessionHeader];
  return {
    viewer,
    traceparent: continueTrace(request.headers.traceparent),
    propagated: propagation.read(request.headers),
    sessionHeaders: {
      ...reachedAt(request.headers, trustedHops),
      ...(typeof session === 'string' ? { [sessionHeader]: session } : {}),
      ...(refreshCookie === null
        ? {}
        : { cookie: `${refreshCookieName}=${encodeURIComponent(refreshCookie)}` }),
    },
    ...results,
  };
};

type Rest = AsyncIterable<readonly DeferredAnswer[]>;

const masked = (parts: Results['parts'], mask: Options['mask']) =>
  parts?.rest ? maskEach(parts.rest, mask) : null;

async function* maskEach(rest: Rest, mask: Options['mask']): AsyncGenerator<readonly object[]> {
  for await (const answers of rest)
    yield answers.map(({ errors, ...answer }) =>
      errors ? { ...answer, errors: errors.map((error) => mask(error.toJSON(), error)) } : answer,
    );
}

const headerMap = ({ headers }: IncomingMessage): HeaderMap => {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
};

const write = async (
  answer: HTTPGraphQLResponse,
  response: ServerResponse,
  rest: AsyncIterable<readonly object[]> | null,
): Promise<void> => {
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.setHeader('cache-control', 'private, no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.statusCode = answer.status ?? 200;
  if (rest && answer.body.kind === 'complete') {
    response.setHeader('content-type', partsContentType);
    response.removeHeader('content-length');
    return await writeParts(response, answer.body.string, rest);
  }
  if (answer.body.kind === 'complete') {
    endWith(response, answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
};
