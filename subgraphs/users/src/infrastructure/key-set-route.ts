import type { ServerResponse } from 'node:http';
import type { JSONWebKeySet } from 'jose';

/** Answers with the public keys of the access tokens: open to anyone. */
export const keySetRoute = (keys: JSONWebKeySet) => {
  const body = JSON.stringify(keys);
  return (_request: unknown, response: ServerResponse): void => {
    response.writeHead(200, {
      'content-type': 'application/jwk-set+json',
      'cache-control': 'public, max-age=300',
    });
    response.end(body);
  };
};
