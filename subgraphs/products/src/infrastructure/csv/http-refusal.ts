import type { ServerResponse } from 'node:http';
import { mostImportBytes } from '../../application/imports/import-ports.ts';

const refusals = {
  NOT_FOUND: [404, 'There is nothing here.'],
  METHOD_NOT_ALLOWED: [405, 'This path is not asked that way.'],
  NOT_INVITED: [
    404,
    'This address is not good, or not any more: call `startProductImport` or `requestProductExport` again.',
  ],
  UNDER_WAY: [409, 'This import is under way. If whoever sends it has gone, try again in a minute.'],
  FILE_TOO_LARGE: [413, `A file has at most ${mostImportBytes} bytes.`],
} as const satisfies Record<string, readonly [number, string]>;

export type HttpRefusal = keyof typeof refusals;

/** An answer in JSON. */
export const answerJson = (response: ServerResponse, status: number, body: object, headers = {}): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.write(text);
};

/** Says no as GraphQL would, with a code, all of it but the end. */
export const beginRefusal = (response: ServerResponse, code: HttpRefusal, headers = {}): void => {
  const [status, message] = refusals[code];
  answerJson(response, status, { errors: [{ message, extensions: { code } }] }, headers);
};

export const refuse = (response: ServerResponse, code: HttpRefusal, headers = {}): void => {
  beginRefusal(response, code, headers);
  response.end();
};
