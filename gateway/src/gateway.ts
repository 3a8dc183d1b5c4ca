import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { createApolloServer } from './execution/apollo-server.ts';
import { createGraphGateway } from './execution/graph-gateway.ts';
import { maskError } from './execution/mask-error.ts';
import { createCors } from './http/cors.ts';
import { createGraphqlOverHttp } from './http/graphql-over-http.ts';
import { createPages, wantsPage } from './http/pages/pages.ts';
import { awaitReadiness } from './http/readiness.ts';
import { routeRequests } from './http/router.ts';
import { type Route, send } from './http/send.ts';
import { timeoutsFor } from './http/timeouts.ts';
import { createAccessTokenVerifier } from './identity/access-token.ts';
import { createIdentify } from './identity/identify.ts';
import { createInternalTokens } from './identity/internal-tokens.ts';
import { createKeySet, fetchKeySet } from './identity/key-set.ts';
import { apolloLogger, type Logger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createPropagation } from './propagation/propagation.ts';
import { createLimitRequests } from './rate-limits/limit-requests.ts';
import { createRateLimits } from './rate-limits/rate-limits.ts';
import { connectRedis } from './redis.ts';
import { createAcceptOperation } from './subscriptions/accept-operation.ts';
import { createEventStreams, wantsEvents } from './subscriptions/event-streams.ts';
import { createFederatedSubscriptions } from './subscriptions/federated-subscriptions.ts';
import { createPrepareOperation } from './subscriptions/prepare-operation.ts';
import { createQuota } from './subscriptions/quota.ts';
import type { FeedTiming } from './subscriptions/upstream-feed.ts';
import { acceptWebSockets } from './subscriptions/websocket-server.ts';
import { buildGraph } from './supergraph/graph.ts';
import { overrideUrls } from './supergraph/subgraph-urls.ts';
import { connectSubgraphs } from './supergraph/subgraphs.ts';

const graphqlPath = '/graphql';

export type GatewayOptions = {
  readonly config: Config;
  readonly supergraphSdl: string;
  readonly logger: Logger;
  readonly feedTiming?: Partial<FeedTiming>;
};

/** A running gateway. `stop` lets requests under way finish, and tells subscribers to connect elsewhere. */
export type Gateway = { readonly port: number; stop(): Promise<void> };

/** Wires a gateway for one supergraph and serves it. Throws for a supergraph that does not load, or a port that is taken. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { config, logger } = options;
  const metrics = createMetrics();
  const mask = maskError(logger);

  const graph = buildGraph(options.supergraphSdl);
  const { subgraphs: known, unknown } = overrideUrls(graph.subgraphs, config.SUBGRAPH_URLS);
  for (const name of unknown) logger.warn(`SUBGRAPH_URL_${name} names no subgraph of this supergraph`);
  const mint = createInternalTokens(config.INTERNAL_SIGNING_KEY);
  const propagation = createPropagation(config.PROPAGATE_HEADERS);
  for (const name of propagation.named)
    if (!known.some((subgraph) => subgraph.name === name))
      logger.warn(`PROPAGATE_HEADERS names ${name}, which is no subgraph of this supergraph`);
  const subgraphs = connectSubgraphs({
    subgraphs: known,
    mint,
    timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    maxAnswerBytes: config.MAX_SUBGRAPH_ANSWER_BYTES,
    sessions: config.SET_COOKIE_FROM,
    propagation,
    logger,
    metrics,
  });

  const keys = createKeySet({ fetchKeys: () => fetchKeySet(config.USERS_JWKS_URL), logger });
  const identification = createIdentify({
    verify: createAccessTokenVerifier({
      keys,
      issuer: config.ACCESS_TOKEN_ISSUER,
      audience: config.ACCESS_TOKEN_AUDIENCE,
    }),
    cookies: { access: config.ACCESS_COOKIE, refresh: config.REFRESH_COOKIE },
    allowedOrigins: config.ALLOWED_ORIGINS,
    trustedHops: config.TRUST_PROXY,
  });

  const server = createServer(timeoutsFor(config.REQUEST_TIMEOUT_MS));
  const sizeLimits = { maxDepth: config.MAX_DEPTH, maxNodes: config.MAX_NODES };
  const redis = config.REDIS_URL === undefined ? null : connectRedis(config.REDIS_URL, logger);
  const rateLimits = createRateLimits({
    perMinute: {
      requests: config.LIMIT_REQUESTS_PER_MINUTE,
      operations: config.LIMIT_OPERATIONS_PER_MINUTE,
      strictFields: config.LIMIT_STRICT_FIELDS_PER_MINUTE,
    },
    strictFields: config.STRICT_FIELDS,
    redis,
    metrics,
  });
  const { askFor } = subgraphs;
  const apollo = createApolloServer({
    gateway: createGraphGateway({
      graph,
      askFor,
      showPlans: config.NODE_ENV !== 'production',
      logger: apolloLogger(logger),
    }),
    httpServer: server,
    introspection: config.INTROSPECTION,
    maxTokens: config.MAX_TOKENS,
    sizeLimits,
    rateLimits,
    mask,
    logger: apolloLogger(logger),
  });
  await apollo.start();

  const readiness = awaitReadiness({
    'access token keys': async () => {
      await keys.load();
      return keys.isKnown();
    },
    ...Object.fromEntries(known.map(({ name }) => [name, () => subgraphs.answers(name)])),
  });

  const pages = createPages(config.INTROSPECTION ? graph.clientSchema : null);
  const cors = createCors(config.ALLOWED_ORIGINS);
  const graphqlOverHttp = createGraphqlOverHttp({
    apollo,
    identification,
    rateLimits,
    propagation,
    sessionHeader: config.SESSION_HEADER,
    refreshCookieName: config.REFRESH_COOKIE,
    trustedHops: config.TRUST_PROXY,
    maxBodyBytes: config.MAX_BODY_BYTES,
    mask,
    metrics,
  });
  const accept = createAcceptOperation({
    apollo,
    prepare: createPrepareOperation(() => graph, {
      introspection: config.INTROSPECTION,
      maxTokens: config.MAX_TOKENS,
    }),
    sizeLimits,
    rateLimits,
    propagation,
    subscribe: createFederatedSubscriptions({
      askFor,
      upstreams: () => subgraphs.upstreams,
      mint,
      mask,
      maxWaiting: config.MAX_WAITING_EVENTS,
      ...(options.feedTiming ? { timing: options.feedTiming } : {}),
      logger,
      metrics,
    }),
    quota: createQuota(config.MAX_SUBSCRIPTIONS_PER_VIEWER),
  });
  const events = createEventStreams({
    identification,
    accept,
    mask,
    maxBodyBytes: config.MAX_BODY_BYTES,
  });
  const limitRequests = createLimitRequests(rateLimits, identification);
  const graphql = limitRequests(graphqlOverHttp);
  const eventStream = limitRequests(events.route);
  const json = 'application/json; charset=utf-8';
  const routes: Record<string, Route> = {
    '/': pages.landing,
    '/graphiql': pages.graphiql,
    '/graphiql/': pages.asset,
    [graphqlPath]: (request, response) => {
      if (cors(request, response)) return;
      if (wantsEvents(request)) return eventStream(request, response);
      return wantsPage(request) ? pages.landing(request, response) : graphql(request, response);
    },
    '/health/live': (_request, response) => send(response, 200, json, '{"status":"live"}'),
    '/health/ready': (_request, response) => {
      const body = {
        status: readiness.isReady() ? 'ready' : 'not ready',
        waitingFor: readiness.waitingFor(),
      };
      send(response, readiness.isReady() ? 200 : 503, json, JSON.stringify(body));
    },
    '/metrics': async (_request, response) =>
      send(response, 200, metrics.registry.contentType, await metrics.registry.metrics()),
  };
  routeRequests(server, routes, logger);

  const webSockets = acceptWebSockets({
    server,
    path: graphqlPath,
    identification,
    accept,
    rateLimits,
    mask,
    maxPayload: config.MAX_BODY_BYTES,
    maxSubscriptionsPerSocket: config.MAX_SUBSCRIPTIONS_PER_SOCKET,
    quota: createQuota(config.MAX_SOCKETS_PER_VIEWER),
    logger,
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  logger.info({ port, subgraphs: known.map(({ name }) => name) }, 'serving');

  const drain = async (): Promise<void> => {
    readiness.stop();
    events.stop();
    await Promise.all([webSockets.stop(), apollo.stop()]);
    await subgraphs.close();
    rateLimits.stop();
    redis?.disconnect();
  };
  let drained: Promise<void> | undefined;
  return {
    port,
    stop: () => {
      drained ??= drain();
      return drained;
    },
  };
};
