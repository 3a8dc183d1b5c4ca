import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { mediaTypeFor } from './media-types.ts';

export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export const send = (
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, {
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
};

/** An error in the shape that GraphQL clients read. */
export const sendError = (response: ServerResponse, status: number, code: string, message: string): void =>
  send(
    response,
    status,
    'application/json; charset=utf-8',
    JSON.stringify({ errors: [{ message, extensions: { code } }] }),
  );

/** An error that was known before the operation was parsed, with the status that it carries. */
export const sendGraphqlError = (
  request: IncomingMessage,
  response: ServerResponse,
  { message, extensions: { http, ...extensions } }: GraphQLError,
): void => {
  const { status = 400 } = (http ?? {}) as { status?: number };
  const body = JSON.stringify({ errors: [{ message, extensions }] });
  send(response, status, mediaTypeFor(request.headers.accept), body, {
    'cache-control': 'private, no-store',
  });
};

/** The path of a request, without its query string. */
export const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/';
