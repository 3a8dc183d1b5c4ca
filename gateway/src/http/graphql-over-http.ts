import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { HttpGraphqlServer } from '../apollo/known/answer-known-first.ts';
import type { FindDocument } from '../documents/find-document.ts';
import { methodNotAllowed, notAcceptable } from '../errors.ts';
import type { RequestContext } from '../execution/request-context.ts';
import type { Mask } from '../mask-error.ts';
import { clientNameOf } from '../observation/client-name.ts';
import type { Observer } from '../observation/observer.ts';
import { noteError, type OperationRecord } from '../observation/operation-record.ts';
import { type ContextOptions, contextOf, noResults, type Results } from './context-of.ts';
import { answerTypeOf } from './media-types.ts';
import { takesParts } from './multipart.ts';
import { operationInBody } from './operation-in-body.ts';
import { BadBody, readJsonBody } from './read-body.ts';
import { requestIdOf } from './request-id.ts';
import { type Route, sendRefusal } from './send.ts';
import { type ParametersInHttp, withDocument } from './with-document.ts';
import { writeAnswer } from './write-answer.ts';

type Options = ContextOptions & {
  readonly server: HttpGraphqlServer;
  readonly maxBodyBytes: number;
  readonly findDocument: FindDocument;
  readonly mask: Mask;
  readonly observer: Observer;
};

/** What a log calls the status of an answer that nobody waited for. */
const clientWentAway = 499;

/** An operation of the gateway's own, to be run for a request that is no GraphQL. */
export type OwnOperation = {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

export type GraphqlOverHttp = {
  readonly route: Route;
  /** Runs an operation for whoever sent the request, as if they had asked for it. */
  run(
    request: IncomingMessage,
    response: ServerResponse,
    operation: OwnOperation,
  ): Promise<{ readonly answer: HTTPGraphQLResponse; readonly results: Results }>;
};

/** Queries and mutations over HTTP. Apollo Server, to which goes all that is not known, refuses what a foreign form could have sent. */
export const createGraphqlOverHttp = (options: Options): GraphqlOverHttp => {
  const { findDocument, maxBodyBytes, mask, observer } = options;
  const route: Route = async (request, response) => {
    const record = observed(request, response, observer);
    let asked: ParametersInHttp;
    try {
      if (request.method !== 'GET' && request.method !== 'POST') throw methodNotAllowed();
      // Judged before anything runs: a mutation whose answer nobody may be given is none.
      if (!isAnswerable(request)) throw notAcceptable();
      asked = await withDocument(await readParameters(request, maxBodyBytes), findDocument);
    } catch (error) {
      noteError(record, codeOf(error));
      if (!sendRefusal(request, response, error)) throw error;
      return;
    }
    const { accept } = request.headers;
    const results = noResults(takesParts(accept) ? { rest: null } : null);
    const answer = await ask(new AskedOverHttp(request, asked), acceptOf(request), () =>
      contextOf(request, record, results, options),
    );
    await writeAnswer(response, answer, results, { accept, mask });
  };

  const ask = (
    httpGraphQLRequest: HTTPGraphQLRequest,
    accept: string | undefined,
    context: () => Promise<RequestContext>,
  ): Promise<HTTPGraphQLResponse> =>
    options.server.executeHTTPGraphQLRequest({ httpGraphQLRequest, accept, context });

  return {
    route,
    run: async (request, response, operation) => {
      const record = observed(request, response, observer);
      const results = noResults(null);
      const answer = await ask(
        { method: 'POST', search: '', body: operation, headers: ownHeaders },
        json,
        () => contextOf(request, record, results, options),
      );
      return { answer, results };
    },
  };
};

const json = 'application/json';
const ownHeaders = new HeaderMap([
  ['content-type', json],
  ['accept', json],
]);

/** A request as Apollo Server reads it. Its headers are copied only when they are asked for: a known operation is run without. */
class AskedOverHttp implements HTTPGraphQLRequest {
  readonly method: string;
  readonly search: string;
  readonly body: unknown;
  readonly #request: IncomingMessage;
  #headers: HeaderMap | undefined;

  constructor(request: IncomingMessage, { method, search, body }: ParametersInHttp) {
    this.method = method;
    this.search = search;
    this.body = body;
    this.#request = request;
  }

  get headers(): HeaderMap {
    this.#headers ??= headerMap(this.#request);
    return this.#headers;
  }
}

const observed = (
  request: IncomingMessage,
  response: ServerResponse,
  observer: Observer,
): OperationRecord => {
  const record = observer.begin({
    requestId: requestIdOf(response),
    client: clientNameOf(request.headers),
    traceparent: request.headers.traceparent,
  });
  response.on('close', () =>
    observer.end(record, response.writableFinished ? response.statusCode : clientWentAway),
  );
  return record;
};

const readParameters = async (
  request: IncomingMessage,
  maxBodyBytes: number,
): Promise<ParametersInHttp> => ({
  method: request.method ?? 'GET',
  search: searchOf(request),
  body: request.method === 'POST' ? operationInBody(await readJsonBody(request, maxBodyBytes)) : undefined,
});

const isAnswerable = ({ headers: { accept } }: IncomingMessage): boolean =>
  takesParts(accept) || answerTypeOf(accept) !== undefined;

const codeOf = (error: unknown): Readonly<Record<string, unknown>> => {
  if (error instanceof GraphQLError) return error.extensions;
  return error instanceof BadBody ? { code: error.code } : {};
};

const searchOf = ({ url = '' }: IncomingMessage): string => {
  const begin = url.indexOf('?');
  return begin < 0 ? '' : url.slice(begin);
};

const headerMap = ({ headers }: IncomingMessage): HeaderMap => {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  const accept = acceptOf({ headers });
  if (accept !== undefined) map.set('accept', accept);
  return map;
};

/** Parts are JSON, and the first one is made as an answer by itself. */
const acceptOf = ({ headers: { accept } }: Pick<IncomingMessage, 'headers'>): string | undefined =>
  takesParts(accept) ? `${accept}, ${json}` : accept;
