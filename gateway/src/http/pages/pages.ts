import type { IncomingMessage } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { type Route, send } from '../send.ts';
import { createAssetRoute } from './asset-route.ts';
import { graphiqlPage, graphiqlStart } from './graphiql-page.ts';
import { pageHeaders } from './html.ts';
import { landingPage } from './landing-page.ts';
import { swaggerPage, swaggerPath, swaggerStart } from './swagger-page.ts';

const html = 'text/html; charset=utf-8';
const landingPolicy = pageHeaders("style-src 'unsafe-inline'");
const graphiqlPolicy = pageHeaders(
  "script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:",
);

const swaggerPolicy = pageHeaders(
  "script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'",
);

/** The pages for people: `/`, `/graphiql`, `/api/docs` and what they load. The schema is null where it is not to be shown. */
export const createPages = (schema: () => GraphQLSchema | null) => {
  const landing: Route = (request, response) =>
    send(response, 200, html, landingPage(schema(), endpointOf(request)), landingPolicy);

  const graphiql: Route = (_request, response) => send(response, 200, html, graphiqlPage, graphiqlPolicy);

  const swagger: Route = (_request, response) => send(response, 200, html, swaggerPage, swaggerPolicy);

  return {
    landing,
    graphiql,
    graphiqlAsset: createAssetRoute('/graphiql/', 'graphiql', graphiqlStart),
    swagger,
    swaggerAsset: createAssetRoute(`${swaggerPath}/`, 'swagger', swaggerStart),
  };
};

/** Whether a browser asks for a page, and not a client for an answer. */
export const wantsPage = ({ method, url = '', headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html') && !/[?&]query=/.test(url);

const endpointOf = ({ headers }: IncomingMessage): string => {
  const proto = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  return `${proto}://${headers.host ?? 'localhost'}/graphql`;
};
