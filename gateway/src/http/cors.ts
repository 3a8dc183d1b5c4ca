import type { IncomingMessage, ServerResponse } from 'node:http';

/** Apollo Studio's Explorer and Sandbox, which call from the browser. */
export const studioOrigin = 'https://studio.apollographql.com';

const preflightSeconds = '600';

/**
 * Tells browsers which pages may call: those on the allow list and Apollo Studio. Returns true when it has answered a
 * preflight. Cookies of a session are a matter of their own: identification refuses them from Studio as from any page that
 * is not on the list.
 */
export const createCors = (allowedOrigins: readonly string[]) => {
  const origins = new Set([...allowedOrigins, studioOrigin]);
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { origin } = request.headers;
    response.setHeader('vary', 'origin');
    if (origin !== undefined && origins.has(origin)) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-credentials', 'true');
      response.setHeader('access-control-expose-headers', 'retry-after, x-request-id');
      if (request.method === 'OPTIONS') allowRequested(request, response);
    }
    if (request.method !== 'OPTIONS') return false;
    response.writeHead(204);
    response.end();
    return true;
  };
};

const allowRequested = ({ headers }: IncomingMessage, response: ServerResponse): void => {
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-max-age', preflightSeconds);
  const requested = headers['access-control-request-headers'];
  if (requested) response.setHeader('access-control-allow-headers', requested);
  // A public page that calls a gateway on the developer's own machine.
  if (headers['access-control-request-private-network'])
    response.setHeader('access-control-allow-private-network', 'true');
};
