import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

const refusal = (
  status: number,
  code: string,
  message: string,
  headers: [string, string][] = [],
  more: Readonly<Record<string, unknown>> = {},
) =>
  // Apollo Server reads headers of this kind; a library of others' types extensions otherwise.
  new GraphQLError(message, {
    extensions: { code, ...more, http: { status, headers: new HeaderMap(headers) as never } },
  });

/** A token that is expired, forged or not one of ours. HTTP 401: nothing of the operation was executed. */
export const invalidToken = (): GraphQLError =>
  refusal(
    401,
    'UNAUTHENTICATED',
    'This access token is expired or not valid. Sign in again or refresh the session, both without the Authorization header, and send the new token.',
    [['www-authenticate', 'Bearer error="invalid_token"']],
  );

/** An Authorization header without a token, or of another scheme. */
export const bearerExpected = (): GraphQLError =>
  refusal(
    401,
    'UNAUTHENTICATED',
    'The Authorization header holds no bearer token. Send `Bearer` and an access token in it, or leave it out.',
    [['www-authenticate', 'Bearer']],
  );

/** A token where nobody's tokens are known: to take its bearer for nobody in silence would be worse. */
export const unknownIssuer = (): GraphQLError =>
  refusal(
    401,
    'UNAUTHENTICATED',
    'This gateway knows no issuer of access tokens, and serves everybody alike. Ask without a token.',
    [['www-authenticate', 'Bearer error="invalid_token"']],
  );

/** A session cookie, or a wish for one, from a page that is not on the allow list. */
export const foreignOrigin = (): GraphQLError =>
  refusal(
    403,
    'FORBIDDEN_ORIGIN',
    'Requests with a session cookie, and pages that ask for one, need an Origin header that is on the allow list. Other clients send a bearer token.',
  );

/** The keys that would tell a good token from a bad one cannot be had. */
export const identityUnavailable = (): GraphQLError =>
  refusal(503, 'IDENTITY_UNAVAILABLE', 'Access tokens cannot be checked right now. Try again shortly.', [
    ['retry-after', '1'],
  ]);

/** A subgraph that is down, answers too late, or answers something that is not GraphQL. */
export const subgraphUnavailable = (
  serviceName: string,
  path?: readonly (string | number)[],
): GraphQLError =>
  new GraphQLError(`The "${serviceName}" service does not answer. Try again shortly.`, {
    path,
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName },
  });

/** A document without the operation that is asked for, or with several and none named. */
export const noSuchOperation = (): GraphQLError =>
  refusal(
    400,
    'OPERATION_RESOLUTION_FAILURE',
    'The document has no such operation: name one of its operations in operationName.',
  );

/** More than the gateway would parse and plan, or the subgraphs should load for one client: a client can count that for itself. */
export const operationTooLarge = (message: string, field?: string): GraphQLError =>
  refusal(400, 'BAD_USER_INPUT', message, [], field === undefined ? {} : { field });

/** More in a minute than one viewer, or one address, may ask for. `retryAfter` is in seconds. */
export const rateLimited = (retryAfter: number): GraphQLError =>
  refusal(
    429,
    'RATE_LIMITED',
    `Too many requests. Try again in ${retryAfter} s.`,
    [['retry-after', String(retryAfter)]],
    { retryAfter },
  );

/** Attempts that must be counted cannot be, so none is made. */
export const rateLimitUnavailable = (): GraphQLError =>
  refusal(503, 'RATE_LIMIT_UNAVAILABLE', 'Attempts cannot be counted right now. Try again shortly.', [
    ['retry-after', '1'],
  ]);

/** More under way than can be done in time. */
export const overloaded = (): GraphQLError =>
  refusal(503, 'OVERLOADED', 'There is too much to do right now. Try again shortly.', [
    ['retry-after', '1'],
  ]);

/** Subscriptions have one way in. */
export const subscriptionOverHttp = (): GraphQLError =>
  refusal(
    400,
    'SUBSCRIPTION_OVER_HTTP',
    'Subscriptions run over WebSocket (graphql-transport-ws) or as server-sent events (accept: text/event-stream), at this same URL.',
  );

/** More subscriptions than one viewer, or one socket, may have open. */
export const tooManySubscriptions = (limit: number): GraphQLError =>
  refusal(
    429,
    'TOO_MANY_SUBSCRIPTIONS',
    `You may have ${limit} subscriptions open at a time. Complete one that you no longer need.`,
  );

/** A socket of a gateway that takes nothing new: what runs may finish, then the socket is closed. */
export const shuttingDown = (): GraphQLError =>
  refusal(
    503,
    'SHUTTING_DOWN',
    'This gateway stops, and does not begin this operation. Connect again, and send it over the new connection.',
  );

/** A client that reads more slowly than events come, of a field that cannot be taken up again. */
export const slowReader = (): GraphQLError =>
  refusal(
    429,
    'SLOW_READER',
    'Events came faster than they were read. Subscribe again for the present state.',
  );

/** GraphQL has two methods. */
export const methodNotAllowed = (): GraphQLError =>
  refusal(405, 'BAD_REQUEST', 'Send operations by POST, or queries by GET.', [['allow', 'GET, POST']]);

/** What a GET does can be done again without a thought. */
export const mutationOverGet = (): GraphQLError =>
  refusal(405, 'BAD_REQUEST', 'Mutations are sent by POST.', [['allow', 'POST']]);
/** The hash of a document that nobody has sent lately. HTTP 200: clients of this protocol then send the whole document. */
export const persistedQueryNotFound = (): GraphQLError =>
  refusal(200, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

/** A document that is registered under a hash that is not its own. */
export const hashMismatch = (): GraphQLError =>
  refusal(
    400,
    'PERSISTED_QUERY_HASH_MISMATCH',
    'The SHA-256 in extensions.persistedQuery is not that of the document. Hash the very text that is sent.',
  );

/** A request that is not made as GraphQL over HTTP, or persisted queries, want it. */
export const badRequest = (message: string): GraphQLError => refusal(400, 'BAD_REQUEST', message);

/** A document that the gateway's clients were not built with, where only those may run. */
export const untrustedDocument = (): GraphQLError =>
  refusal(
    400,
    'DOCUMENT_NOT_TRUSTED',
    'Only documents of the manifest run here. Send one of them by its id, or have this one added to the manifest.',
  );

/** All that is said of an operation that is not valid, where the schema is nobody's business. */
export const invalidOperation = (): GraphQLError =>
  new GraphQLError(
    'This operation is not valid here. The schema is not shown: ask those who run this graph.',
    {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    },
  );

/** A client that reads none of the types that answers have. */
export const notAcceptable = (): GraphQLError =>
  refusal(
    406,
    'BAD_REQUEST',
    'Accept application/json, application/graphql-response+json, or multipart/mixed for parts.',
  );
