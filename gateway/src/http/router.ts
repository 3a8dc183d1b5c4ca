import type { Server } from 'node:http';
import type { Logger } from '../logger.ts';
import { giveRequestId, requestIdOf } from './request-id.ts';
import { pathOf, type Route, sendError } from './send.ts';

/** Answers a server's requests by these routes: a key that ends in a slash takes all paths below it that no longer one takes. */
export const routeRequests = (
  server: Server,
  routes: Readonly<Record<string, Route>>,
  logger: Logger,
): void => {
  const prefixes = Object.keys(routes)
    .filter((key) => key !== '/' && key.endsWith('/'))
    .sort((one, other) => other.length - one.length);
  const routeOf = (path: string): Route | undefined => {
    if (Object.hasOwn(routes, path)) return routes[path];
    const prefix = prefixes.find((one) => path.startsWith(one));
    return prefix === undefined ? undefined : routes[prefix];
  };

  server.on('request', (request, response) => {
    giveRequestId(request, response);
    const answer = async (): Promise<void> => {
      const route = routeOf(pathOf(request));
      if (route) await route(request, response);
      else sendError(response, 404, 'NOT_FOUND', 'There is nothing here. GraphQL is at /graphql.');
    };
    answer().catch((error: unknown) => {
      if (request.destroyed && !request.complete) return; // the client went away
      logger.error({ err: error, requestId: requestIdOf(response) }, 'a request failed');
      if (!response.headersSent)
        sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side. Try again.');
    });
  });
};
