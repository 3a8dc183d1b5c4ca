import type { ServerOptions } from 'node:http';

/**
 * How long a connection may rest between two requests: longer than proxies keep theirs (nginx 60 s), or now and then one would send
 * a request into a connection that is being closed.
 */
const restMs = 65_000;

/** How long a client may take to send a request; one that takes longer gets 408, and its connection is closed. */
export const timeoutsFor = (requestTimeout: number): ServerOptions => ({
  requestTimeout,
  keepAliveTimeout: restMs,
  headersTimeout: Math.ceil(requestTimeout / 3),
  // How often Node looks for connections that have taken too long.
  connectionsCheckingInterval: Math.ceil(requestTimeout / 6),
});
