import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openTracer } from '@emporium/telemetry';
import type { Config } from './config.ts';
import { findDocumentsBy } from './documents/find-documents-by.ts';
import { createApolloServer, refuseWhatIsNotExecuted } from './execution/apollo-server.ts';
import { createGraphGateway } from './execution/graph-gateway.ts';
import { answerKnownFirst } from './execution/known/answer-known-first.ts';
import { rememberOperations } from './execution/known/known-operations.ts';
import { maskError } from './execution/mask-error.ts';
import { createCors } from './http/cors.ts';
import { createServerDrain } from './http/drain-server.ts';
import { createGraphqlOverHttp } from './http/graphql-over-http.ts';
import { createLoadShedding } from './http/load-shedding.ts';
import { createPages, wantsPage } from './http/pages/pages.ts';
import { swaggerPath } from './http/pages/swagger-page.ts';
import { awaitReadiness } from './http/readiness.ts';
import { routeRequests } from './http/router.ts';
import { type Route, send } from './http/send.ts';
import { timeoutsFor } from './http/timeouts.ts';
import { createAccessTokenVerifier, refuseAccessTokens } from './identity/access-token.ts';
import { createIdentify, type Identity } from './identity/identify.ts';
import { createInternalTokens, mintNothing } from './identity/internal-tokens.ts';
import { createKeySet, fetchKeySet } from './identity/key-set.ts';
import { createAdmit } from './limits/admission.ts';
import { operationLimits } from './limits/limits.ts';
import { apolloLogger, type Logger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { listenForNews } from './news.ts';
import { observeExecution } from './observation/observe-execution.ts';
import { createObserver } from './observation/observer.ts';
import { usageReporting } from './observation/usage-reporting.ts';
import { createPropagation } from './propagation/propagation.ts';
import { createLimitRequests } from './rate-limits/limit-requests.ts';
import { createRateLimits } from './rate-limits/rate-limits.ts';
import { connectRedis } from './redis.ts';
import { createRestFacade } from './rest/rest-facade.ts';
import { createAcceptOperation } from './subscriptions/accept-operation.ts';
import { createCompletions } from './subscriptions/completions.ts';
import { createEventStreams, wantsEvents } from './subscriptions/event-streams.ts';
import { createFederatedSubscriptions } from './subscriptions/federated-subscriptions.ts';
import { createPrepareOperation } from './subscriptions/prepare-operation.ts';
import { createQuota } from './subscriptions/quota.ts';
import type { FeedTiming } from './subscriptions/upstream-feed.ts';
import { acceptWebSockets } from './subscriptions/websocket-server.ts';
import { buildGraph, type Graph } from './supergraph/graph.ts';
import { createReload, type Reload } from './supergraph/reload.ts';
import { overrideUrls } from './supergraph/subgraph-urls.ts';
import { createSubgraphs } from './supergraph/subgraphs.ts';

const graphqlPath = '/graphql';

export type GatewayOptions = {
  readonly config: Config;
  readonly supergraphSdl: string;
  readonly logger: Logger;
  readonly feedTiming?: Partial<FeedTiming>;
};

/** A running gateway. `stop` is not ready at once, lets requests under way finish, and tells subscribers to connect elsewhere. */
export type Gateway = { readonly port: number; readonly reload: Reload; stop(): Promise<void> };

/** Wires a gateway for one supergraph and serves it. Throws for a supergraph that does not load, or a port that is taken. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { config, logger } = options;
  const metrics = createMetrics();
  const mask = maskError(logger, !config.INTROSPECTION);
  const tracer = await openTracer({
    service: 'gateway',
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    onFailure: (reason) => logger.warn({ reason }, 'the collector did not take spans'),
  });
  const observer = createObserver({
    metrics,
    limits: { maxOperations: config.METRICS_OPERATIONS, maxClients: config.METRICS_CLIENTS },
    tracer,
    logger,
  });

  let graph = buildGraph(options.supergraphSdl);
  const mint = config.INTERNAL_SIGNING_KEY
    ? createInternalTokens(config.INTERNAL_SIGNING_KEY)
    : mintNothing;
  if (mint === mintNothing) logger.warn('INTERNAL_SIGNING_KEY is not set: subgraphs are not told who asks');
  const propagation = createPropagation(config.PROPAGATE_HEADERS);
  const subgraphs = createSubgraphs({
    mint,
    timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    maxAnswerBytes: config.MAX_SUBGRAPH_ANSWER_BYTES,
    breaker: {
      failureRatio: config.BREAKER_FAILURE_RATIO,
      minFetches: config.BREAKER_MIN_FETCHES,
      openMs: config.BREAKER_OPEN_MS,
    },
    deduplicates: config.DEDUPLICATE_FETCHES,
    sessions: config.SET_COOKIE_FROM,
    propagation,
    logger,
    metrics,
    tracer,
  });

  const redis = config.REDIS_URL === undefined ? null : connectRedis(config.REDIS_URL, logger);
  const news = listenForNews({
    config,
    redis,
    keyOf: (type) => graph.cacheHints?.keyOf(type),
    logger,
    metrics,
  });
  const connect = (next: Graph): void => {
    const { subgraphs: known, unknown } = overrideUrls(next.subgraphs, config.SUBGRAPH_URLS);
    for (const name of unknown) logger.warn(`SUBGRAPH_URL_${name} names no subgraph of this supergraph`);
    for (const name of propagation.named)
      if (!known.some((subgraph) => subgraph.name === name))
        logger.warn(`PROPAGATE_HEADERS names ${name}, which is no subgraph of this supergraph`);
    subgraphs.connect(known);
  };
  connect(graph);

  const keysUrl = config.USERS_JWKS_URL;
  const keys = keysUrl ? createKeySet({ fetchKeys: () => fetchKeySet(keysUrl), logger }) : null;
  if (!keys)
    logger.warn('USERS_JWKS_URL is not set: everybody is anonymous, and access tokens are refused');
  const identification = createIdentify({
    verify: keys
      ? createAccessTokenVerifier({
          keys,
          issuer: config.ACCESS_TOKEN_ISSUER,
          audience: config.ACCESS_TOKEN_AUDIENCE,
          isRevoked: news.isRevoked,
        })
      : refuseAccessTokens,
    cookies: { access: config.ACCESS_COOKIE, refresh: config.REFRESH_COOKIE },
    allowedOrigins: config.ALLOWED_ORIGINS,
    trustedHops: config.TRUST_PROXY,
  });

  const server = createServer(timeoutsFor(config.REQUEST_TIMEOUT_MS));
  const serverDrain = createServerDrain(server);
  const admit = createAdmit(() => graph, operationLimits(config));
  const findDocument = await findDocumentsBy(config, redis, logger, metrics);
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
  const graphGateway = createGraphGateway({
    graph,
    askFor,
    cache: news.cache,
    showPlans: config.NODE_ENV !== 'production',
    logger: apolloLogger(logger),
  });
  const operations = rememberOperations(graphGateway);
  const reporting = await usageReporting({
    key: config.APOLLO_KEY,
    graphRef: config.APOLLO_GRAPH_REF,
    endpoint: config.APOLLO_USAGE_REPORTING_URL,
  });
  const hooks = [observeExecution, refuseWhatIsNotExecuted(admit, rateLimits)];
  const apollo = createApolloServer({
    gateway: operations.gateway,
    introspection: config.INTROSPECTION,
    maxTokens: config.MAX_TOKENS,
    hooks,
    mask,
    logger: apolloLogger(logger),
    reporting,
  });
  await apollo.start();
  const reload = createReload({
    current: () => graph,
    check: graphGateway.check,
    serve: (next) => {
      connect(next);
      graph = next;
      graphGateway.serve(next);
    },
    logger,
    metrics,
  });

  const isServed = (subgraph: string): boolean => graph.subgraphs.some(({ name }) => name === subgraph);
  const readiness = awaitReadiness({
    ...(keys ? { 'access token keys': () => keys.load().then(keys.isKnown) } : {}),
    ...Object.fromEntries(
      graph.subgraphs.map(({ name }) => [name, async () => !isServed(name) || subgraphs.answers(name)]),
    ),
  });

  const pages = createPages(() => (config.INTROSPECTION ? graph.clientSchema : null));
  const cors = createCors(config.ALLOWED_ORIGINS);
  const load = createLoadShedding(
    {
      maxRequestsInFlight: config.MAX_REQUESTS_IN_FLIGHT,
      maxEventLoopDelayMs: config.MAX_EVENT_LOOP_DELAY_MS,
    },
    metrics,
  );
  const graphqlOverHttp = createGraphqlOverHttp({
    // Usage reports are Apollo Server's own: it must see all that they tell of.
    server: reporting.plugins.length > 0 ? apollo : answerKnownFirst({ apollo, operations, hooks, mask }),
    identification,
    rateLimits,
    propagation,
    sessionHeader: config.SESSION_HEADER,
    refreshCookieName: config.REFRESH_COOKIE,
    trustedHops: config.TRUST_PROXY,
    maxBodyBytes: config.MAX_BODY_BYTES,
    findDocument,
    mask,
    observer,
  });
  const accept = createAcceptOperation({
    apollo,
    findDocument,
    prepare: createPrepareOperation(() => graph, {
      introspection: config.INTROSPECTION,
      maxTokens: config.MAX_TOKENS,
    }),
    admit,
    rateLimits,
    subscribe: createFederatedSubscriptions({
      askFor,
      upstreams: () => subgraphs.upstreams,
      mint,
      mask,
      maxWaiting: config.MAX_WAITING_EVENTS,
      takeTurns: createCompletions(config.MAX_EVENT_COMPLETIONS, metrics),
      ...(options.feedTiming ? { timing: options.feedTiming } : {}),
      logger,
      metrics,
      observer,
    }),
    quota: createQuota(config.MAX_SUBSCRIPTIONS_PER_VIEWER),
    observer,
  });
  const events = createEventStreams({
    identification,
    propagation,
    accept,
    mask,
    maxBodyBytes: config.MAX_BODY_BYTES,
  });
  const limitRequests = createLimitRequests(rateLimits, identification);
  const graphql = limitRequests(load.shed(graphqlOverHttp.route));
  const eventStream = limitRequests(events.route);
  const json = 'application/json; charset=utf-8';
  const routes: Record<string, Route> = {
    '/': pages.landing,
    '/graphiql': pages.graphiql,
    '/graphiql/': pages.graphiqlAsset,
    [graphqlPath]: (request, response) => {
      if (cors(request, response)) return;
      // A stream may last for days: it is no request in flight.
      if (wantsEvents(request)) return load.admits(response) ? eventStream(request, response) : undefined;
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
  if (config.REST_API) {
    const rest = createRestFacade({
      schema: () => graph.clientSchema,
      run: graphqlOverHttp.run,
      maxBodyBytes: config.MAX_BODY_BYTES,
      documented: config.INTROSPECTION,
    });
    routes['/api/'] = limitRequests(load.shed(rest));
    if (config.INTROSPECTION)
      Object.assign(routes, { [swaggerPath]: pages.swagger, [`${swaggerPath}/`]: pages.swaggerAsset });
  }
  routeRequests(server, routes, logger);

  const webSockets = acceptWebSockets({
    server,
    path: graphqlPath,
    isOverloaded: load.isOverloaded,
    identification,
    accept,
    rateLimits,
    propagation,
    mask,
    maxPayload: config.MAX_BODY_BYTES,
    maxSubscriptionsPerSocket: config.MAX_SUBSCRIPTIONS_PER_SOCKET,
    quota: createQuota(config.MAX_SOCKETS_PER_VIEWER),
    logger,
  });

  const hasEnded = ({ viewer, issuedAt }: Identity): boolean =>
    viewer.id !== null && news.isRevoked({ subject: viewer.id, issuedAt: issuedAt ?? 0 });
  news.onRevoked(() => {
    webSockets.refuse(hasEnded);
    events.refuse(hasEnded);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  logger.info({ port, subgraphs: graph.subgraphs.map(({ name }) => name) }, 'serving');

  const drain = async (): Promise<void> => {
    readiness.stop();
    serverDrain.announce();
    await pause(config.DRAIN_DELAY_MS);
    events.stop();
    await Promise.all([
      webSockets.stop(config.DRAIN_TIMEOUT_MS),
      serverDrain.close(config.DRAIN_TIMEOUT_MS),
    ]);
    load.stop();
    await apollo.stop();
    await Promise.all([subgraphs.close(), news.close()]);
    rateLimits.stop();
    redis?.disconnect();
    await tracer?.stop();
  };
  let drained: Promise<void> | undefined;
  return {
    port,
    reload,
    stop: () => {
      drained ??= drain();
      return drained;
    },
  };
};
