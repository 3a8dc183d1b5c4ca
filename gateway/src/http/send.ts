import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { endWith } from './compression.ts';
import { mediaTypeFor } from './media-types.ts';
import { BadBody } from './read-body.ts';

export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export const send = (
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void => {
  response.statusCode = status;
  response.setHeader('content-type', contentType);
  response.setHeader('x-content-type-options', 'nosniff');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  endWith(response, body);
};

/** An error in the shape that GraphQL clients read. */
export const sendError = (
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): void =>
  send(
    response,
    status,
    'application/json; charset=utf-8',
    JSON.stringify({ errors: [{ message, extensions: { code, ...more } }] }),
  );

/** The path of a request, without its query string. */
export const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/';

/** Answers with what an error says of itself; false for an error that says nothing, and is not the client's to know. */
export const sendRefusal = (
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): boolean => {
  if (error instanceof BadBody) {
    if (error.status === 413) response.setHeader('connection', 'close');
    sendError(response, error.status, error.code, error.message);
    return true;
  }
  if (!(error instanceof GraphQLError)) return false;
  const { http, ...extensions }: { readonly http?: unknown } = error.extensions;
  if (!isHttp(http)) return false;
  for (const [name, value] of http.headers) response.setHeader(name, value);
  const body = JSON.stringify({ errors: [{ message: error.message, extensions }] });
  send(response, http.status, mediaTypeFor(request.headers.accept), body, {
    'cache-control': 'private, no-store',
  });
  return true;
};

type Http = { readonly status: number; readonly headers: Iterable<[string, string]> };
const isHttp = (http: unknown): http is Http =>
  typeof http === 'object' && http !== null && 'status' in http && 'headers' in http;
