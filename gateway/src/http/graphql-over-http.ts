import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { DeferredAnswer } from '../execution/defer/run-deferral.ts';
import type { HttpGraphqlServer } from '../execution/known/answer-known-first.ts';
import type { RequestContext } from '../execution/request-context.ts';
import type { Identification } from '../identity/identify.ts';
import { reachedAt } from '../identity/reached-at.ts';
import { clientNameOf } from '../observation/client-name.ts';
import type { Observer } from '../observation/observer.ts';
import { noteError, type OperationRecord } from '../observation/operation-record.ts';
import { partsContentType, takesParts, writeParts } from './multipart.ts';
import { BadBody, readJsonBody } from './read-body.ts';
import { requestIdOf } from './request-id.ts';
import { type Route, sendError } from './send.ts';

type Options = {
  readonly server: HttpGraphqlServer;
  readonly identification: Identification;
  readonly sessionHeader: string;
  readonly refreshCookieName: string;
  readonly trustedHops: number;
  readonly maxBodyBytes: number;
  readonly mask: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly observer: Observer;
};

/** What a log calls the status of an answer that nobody waited for. */
const clientWentAway = 499;

/** Queries and mutations over HTTP. Apollo Server, to which goes all that is not known, refuses what a foreign form could have sent. */
export const createGraphqlOverHttp = (options: Options): Route => {
  const { server, observer } = options;
  return async (request, response) => {
    const record = observer.begin({
      requestId: requestIdOf(response),
      client: clientNameOf(request.headers),
      traceparent: request.headers.traceparent,
    });
    response.once('close', () =>
      observer.end(record, response.writableFinished ? response.statusCode : clientWentAway),
    );
    let body: unknown;
    try {
      body = request.method === 'POST' ? await readJsonBody(request, options.maxBodyBytes) : undefined;
    } catch (error) {
      if (!(error instanceof BadBody)) throw error;
      noteError(record, { code: error.code });
      if (error.status === 413) response.setHeader('connection', 'close');
      return sendError(response, error.status, error.code, error.message);
    }
    const results: Results = { setCookies: [], parts: partsFor(request), answerHeaders: {} };
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headerMap(request),
        search: searchOf(request),
        body,
      },
      context: () =>
        contextOf(request, record, results, options).catch((error: unknown) => {
          noteError(record, error instanceof GraphQLError ? error.extensions : {});
          throw error;
        }),
    });
    if (results.setCookies.length > 0) response.setHeader('set-cookie', results.setCookies);
    setHeaders(response, answer, results.answerHeaders);
    await write(answer, response, masked(results.parts, options.mask));
  };
};

/** What execution hands over beside its answer. */
type Results = Pick<RequestContext, 'setCookies' | 'parts'> &
  Required<Pick<RequestContext, 'answerHeaders'>>;

const partsFor = ({ headers }: IncomingMessage): Results['parts'] =>
  takesParts(headers.accept) ? { rest: null } : null;

const contextOf = async (
  request: IncomingMessage,
  record: OperationRecord,
  results: Results,
  { identification, sessionHeader, refreshCookieName, trustedHops }: Options,
): Promise<RequestContext> => {
  const { viewer, refreshCookie } = await identification.identify({
    headers: request.headers,
    peer: request.socket.remoteAddress,
  });
  const session = request.headers[sessionHeader];
  return {
    viewer,
    traceparent: record.traceparent,
    record,
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

const setHeaders = (
  response: ServerResponse,
  answer: HTTPGraphQLResponse,
  { vary, ...answerHeaders }: Readonly<Record<string, string>>,
): void => {
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.setHeader('cache-control', 'private, no-store');
  for (const [name, value] of Object.entries(answerHeaders)) response.setHeader(name, value);
  if (vary) response.appendHeader('vary', vary);
  response.setHeader('x-content-type-options', 'nosniff');
  response.statusCode = answer.status ?? 200;
};

const write = async (
  answer: HTTPGraphQLResponse,
  response: ServerResponse,
  rest: AsyncIterable<readonly object[]> | null,
): Promise<void> => {
  if (rest && answer.body.kind === 'complete') {
    response.setHeader('content-type', partsContentType);
    response.removeHeader('content-length');
    return await writeParts(response, answer.body.string, rest);
  }
  if (answer.body.kind === 'complete') {
    response.end(answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
};
