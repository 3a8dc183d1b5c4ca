import type { ServerResponse } from 'node:http';
import { largestUpload } from '../../application/profile/avatar-ports.ts';

const refusals = {
  NOT_FOUND: [404, 'There is nothing here.'],
  METHOD_NOT_ALLOWED: [405, 'This path is not asked that way.'],
  NOT_INVITED: [404, 'This invitation is not good, or not any more: call `requestAvatarUpload` again.'],
  ALREADY_UPLOADED: [409, 'This invitation was used: confirm it, or call `requestAvatarUpload` again.'],
  PAYLOAD_TOO_LARGE: [413, `A picture has ${largestUpload} bytes at most.`],
  BAD_USER_INPUT: [400, 'Send a multipart form with the picture as `file`.'],
} as const satisfies Record<string, readonly [number, string]>;

export type AvatarRouteRefusal = keyof typeof refusals;

/** Says no as GraphQL would, with a code, all of it but the end. */
export const beginRefusal = (response: ServerResponse, code: AvatarRouteRefusal, headers = {}): void => {
  const [status, message] = refusals[code];
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.write(body);
};

export const refuse = (response: ServerResponse, code: AvatarRouteRefusal, headers = {}): void => {
  beginRefusal(response, code, headers);
  response.end();
};
