import { createCors } from '../http/cors.ts';
import { createGraphqlOverHttp } from '../http/graphql-over-http.ts';
import { createPages, wantsPage } from '../http/pages/pages.ts';
import { swaggerPath } from '../http/pages/swagger-page.ts';
import type { Readiness } from '../http/readiness.ts';
import { type Route, send } from '../http/send.ts';
import { createLimitRequests } from '../rate-limits/limit-requests.ts';
import { createRestFacade } from '../rest/rest-facade.ts';
import { type EventStreams, wantsEvents } from '../subscriptions/event-streams.ts';
import type { OperationParts } from './operation-parts.ts';

type Parts = OperationParts & {
  readonly events: EventStreams;
  readonly readiness: Readiness;
};

type Routes = Readonly<Record<string, Route>>;

/** Over HTTP and over WebSocket. */
export const graphqlPath = '/graphql';

/** What is answered at which path. Operations are counted by address and shed under load; health and metrics never are. */
export const wireRoutes = (parts: Parts): Routes => {
  const { config, graph, identification, load, findDocument, execution, events } = parts;
  const { observer, mask } = parts.instruments;
  const { rateLimits } = parts.limits;
  const limitRequests = createLimitRequests(rateLimits, identification);
  const graphqlOverHttp = createGraphqlOverHttp({
    server: execution.overHttp,
    identification,
    rateLimits,
    propagation: graph.propagation,
    sessionHeader: config.SESSION_HEADER,
    cookieNames: { refresh: config.REFRESH_COOKIE, signIn: config.SIGN_IN_COOKIE },
    trustedHops: config.TRUST_PROXY,
    maxBodyBytes: config.MAX_BODY_BYTES,
    findDocument,
    mask,
    observer,
  });
  const pages = createPages(() => (config.INTROSPECTION ? graph.current().clientSchema : null));
  const cors = createCors(config.ALLOWED_ORIGINS);
  const graphql = limitRequests(load.shed(graphqlOverHttp.route));
  const eventStream = limitRequests(events.route);
  const restRoutes = (): Routes => {
    const rest = createRestFacade({
      schema: () => graph.current().clientSchema,
      run: graphqlOverHttp.run,
      maxBodyBytes: config.MAX_BODY_BYTES,
      documented: config.INTROSPECTION,
    });
    return {
      '/api/': limitRequests(load.shed(rest)),
      ...(config.INTROSPECTION && {
        [swaggerPath]: pages.swagger,
        [`${swaggerPath}/`]: pages.swaggerAsset,
      }),
    };
  };
  return {
    '/': pages.landing,
    '/graphiql': pages.graphiql,
    '/graphiql/': pages.graphiqlAsset,
    [graphqlPath]: (request, response) => {
      if (cors(request, response)) return;
      // A stream may last for days: it is no request in flight.
      if (wantsEvents(request)) return load.admits(response) ? eventStream(request, response) : undefined;
      return wantsPage(request) ? pages.landing(request, response) : graphql(request, response);
    },
    ...(config.REST_API && restRoutes()),
    ...operatorRoutes(parts),
  };
};

/** For whoever runs the gateway. */
const operatorRoutes = ({ readiness, instruments: { metrics } }: Parts): Routes => {
  const json = 'application/json; charset=utf-8';
  return {
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
};
