import { createHash } from 'node:crypto';
import { pathOf, type Route, send, sendError } from '../send.ts';
import { type AssetPage, readPageAssets } from './page-assets.ts';

const javascript = 'text/javascript; charset=utf-8';
const css = 'text/css; charset=utf-8';

/** Serves a page's files below a path; `start.js` is the gateway's own script, which the page begins with. */
export const createAssetRoute = (below: string, page: AssetPage, start: string): Route => {
  const assets = readPageAssets(page, import.meta.dirname);
  const tags = new Map([...assets].map(([name, content]) => [name, etag(content)]));
  return (request, response) => {
    const name = pathOf(request).slice(below.length);
    if (name === 'start.js') return send(response, 200, javascript, start);
    const content = assets.get(name);
    const tag = tags.get(name);
    if (!content || !tag) return sendError(response, 404, 'NOT_FOUND', 'This page has no such file.');
    const caching = { etag: tag, 'cache-control': 'no-cache' };
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, caching);
      response.end();
      return;
    }
    send(response, 200, name.endsWith('.css') ? css : javascript, content, caching);
  };
};

const etag = (content: Buffer): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
