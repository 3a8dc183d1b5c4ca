import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { pathOf, type Route, send, sendError } from '../send.ts';
import { readGraphiqlAssets } from './graphiql-assets.ts';
import { graphiqlPage, graphiqlStart } from './graphiql-page.ts';
import { pageHeaders } from './html.ts';
import { landingPage } from './landing-page.ts';

const html = 'text/html; charset=utf-8';
const javascript = 'text/javascript; charset=utf-8';
const landingPolicy = pageHeaders("style-src 'unsafe-inline'");
const graphiqlPolicy = pageHeaders(
  "script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:",
);

/** The pages for people: `/`, `/graphiql` and what it loads. The schema is null where it is not to be shown. */
export const createPages = (schema: () => GraphQLSchema | null) => {
  const assets = readGraphiqlAssets(path.join(import.meta.dirname, 'graphiql'));
  const tags = new Map([...assets].map(([name, content]) => [name, etag(content)]));

  const landing: Route = (request, response) =>
    send(response, 200, html, landingPage(schema(), endpointOf(request)), landingPolicy);

  const graphiql: Route = (_request, response) => send(response, 200, html, graphiqlPage, graphiqlPolicy);

  const asset: Route = (request, response) => {
    const name = pathOf(request).slice('/graphiql/'.length);
    if (name === 'start.js') return send(response, 200, javascript, graphiqlStart);
    const content = assets.get(name);
    const tag = tags.get(name);
    if (!content || !tag) return sendError(response, 404, 'NOT_FOUND', 'GraphiQL has no such file.');
    const caching = { etag: tag, 'cache-control': 'no-cache' };
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, caching);
      response.end();
      return;
    }
    send(response, 200, name.endsWith('.css') ? 'text/css; charset=utf-8' : javascript, content, caching);
  };
  return { landing, graphiql, asset };
};

const etag = (content: Buffer): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;

/** Whether a browser asks for a page, and not a client for an answer. */
export const wantsPage = ({ method, url = '', headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html') && !/[?&]query=/.test(url);

const endpointOf = ({ headers }: IncomingMessage): string => {
  const proto = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  return `${proto}://${headers.host ?? 'localhost'}/graphql`;
};
