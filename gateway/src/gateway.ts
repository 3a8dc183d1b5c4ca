import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { findDocumentsBy } from './documents/find-documents-by.ts';
import { createServerDrain } from './http/drain-server.ts';
import { createLoadShedding } from './http/load-shedding.ts';
import { awaitReadiness } from './http/readiness.ts';
import { routeRequests } from './http/router.ts';
import { timeoutsFor } from './http/timeouts.ts';
import type { Logger } from './logger.ts';
import { listenForNews } from './news.ts';
import { connectRedis } from './redis.ts';
import type { FeedTiming } from './subscriptions/upstream-feed.ts';
import { type Reload, supergraphUnreadable } from './supergraph/reload.ts';
import { openInstruments } from './wiring/instruments.ts';
import { wireDrain } from './wiring/wire-drain.ts';
import { wireExecution } from './wiring/wire-execution.ts';
import { wireGraph } from './wiring/wire-graph.ts';
import { wireIdentification } from './wiring/wire-identification.ts';
import { wireLimits } from './wiring/wire-limits.ts';
import { wireLiveParts } from './wiring/wire-live-parts.ts';
import { wireRoutes } from './wiring/wire-routes.ts';

export type GatewayOptions = {
  readonly config: Config;
  readonly supergraphSdl: string;
  readonly logger: Logger;
  readonly feedTiming?: Partial<FeedTiming>;
};

/** A running gateway. `stop` is not ready at once, lets requests under way finish, and tells subscribers to connect elsewhere. */
export type Gateway = {
  readonly port: number;
  readonly reload: Reload;
  /** To be told when there is no supergraph to reload. */
  unreadable(error: unknown): void;
  stop(): Promise<void>;
};

/** Wires a gateway for one supergraph and serves it. Throws for a supergraph that does not load, or a port that is taken. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { config, supergraphSdl, logger, feedTiming } = options;
  const instruments = await openInstruments(config, logger);
  const { metrics } = instruments;

  const graph = await wireGraph({ config, instruments, supergraphSdl });
  const redis = config.REDIS_URL === undefined ? null : connectRedis(config.REDIS_URL, logger);
  const news = listenForNews({
    config,
    redis,
    keyOf: (type) => graph.current().cacheHints?.keyOf(type),
    logger,
    metrics,
  });
  const { identification, probes } = wireIdentification({ config, news, logger });
  const findDocument = await findDocumentsBy(config, redis, logger, metrics);
  const limits = wireLimits({ config, graph, redis, instruments });
  const execution = await wireExecution({ config, instruments, graph, limits, cache: news.cache });

  const readiness = awaitReadiness({ ...probes, ...graph.probes });
  // How late the event loop is while all that is made ready says nothing of what is to be done.
  const load = createLoadShedding(
    {
      maxRequestsInFlight: config.MAX_REQUESTS_IN_FLIGHT,
      maxEventLoopDelayMs: config.MAX_EVENT_LOOP_DELAY_MS,
    },
    metrics,
  );
  const parts = { config, instruments, graph, identification, limits, load, findDocument, execution };

  const server = createServer(timeoutsFor(config.REQUEST_TIMEOUT_MS));
  // Hears of each request before it is answered.
  const serverDrain = createServerDrain(server);
  const live = wireLiveParts({ ...parts, news, server, feedTiming });
  routeRequests(server, wireRoutes({ ...parts, events: live.events, readiness }), logger);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  logger.info({ port, subgraphs: graph.current().subgraphs.map(({ name }) => name) }, 'serving');

  return {
    port,
    reload: execution.reload,
    unreadable: supergraphUnreadable(instruments),
    stop: wireDrain({ ...parts, readiness, serverDrain, live, news, redis }),
  };
};
