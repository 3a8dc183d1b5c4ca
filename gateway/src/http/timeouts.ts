import type { ServerOptions } from 'node:http';

/** How long a client may take to send a request; one that takes longer gets 408, and its connection is closed. */
export const timeoutsFor = (requestTimeout: number): ServerOptions => ({
  requestTimeout,
  headersTimeout: Math.ceil(requestTimeout / 3),
  // How often Node looks for connections that have taken too long.
  connectionsCheckingInterval: Math.ceil(requestTimeout / 6),
});
