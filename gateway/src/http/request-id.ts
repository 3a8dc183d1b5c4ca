import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const header = 'x-request-id';
const sane = /^[\w.:/+=@-]{1,128}$/;

/** The id that a client or a proxy gave, if it is fit for logs and headers; else a new one. */
export const readRequestId = (given: unknown): string =>
  typeof given === 'string' && sane.test(given) ? given : randomUUID();

/** Settles a request's id, and tells it to the client with the answer. */
export const giveRequestId = (request: IncomingMessage, response: ServerResponse): void => {
  response.setHeader(header, readRequestId(request.headers[header]));
};

/** The id that `giveRequestId` settled. */
export const requestIdOf = (response: ServerResponse): string => String(response.getHeader(header));
