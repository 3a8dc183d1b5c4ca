import type { ServerResponse } from 'node:http';
import { largestUpload } from './uploads.ts';

const refusals = {
  NOT_FOUND: [404, 'There is nothing here.'],
  METHOD_NOT_ALLOWED: [405, 'This path is not asked that way.'],
  NOT_INVITED: [404, 'This invitation is not good, or not any more: call `{again}` again.'],
  ALREADY_UPLOADED: [409, 'This invitation was used: confirm it, or call `{again}` again.'],
  PAYLOAD_TOO_LARGE: [413, `A picture has ${largestUpload} bytes at most.`],
  BAD_USER_INPUT: [400, 'Send a multipart form with the picture as `file`.'],
} as const satisfies Record<string, readonly [number, string]>;

export type PictureRouteRefusal = keyof typeof refusals;

type More = {
  /** The mutation that invites to upload. */
  readonly again?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Says no as GraphQL would, with a code, all of it but the end. */
export const beginRefusal = (
  response: ServerResponse,
  code: PictureRouteRefusal,
  { again = '', headers = {} }: More = {},
): void => {
  const [status, words] = refusals[code];
  const message = words.replace('{again}', again);
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.write(body);
};

export const refuse = (response: ServerResponse, code: PictureRouteRefusal, more: More = {}): void => {
  beginRefusal(response, code, more);
  response.end();
};
