import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from './testing/compose.ts';
import { eventually } from './testing/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from './testing/gateway-process.ts';

/** A subgraph of few words: it has one answer. */
const asked: IncomingHttpHeaders[] = [];
const answer: Promise<string> = Promise.resolve('{"data":{"book":{"title":"Emma","year":1815}}}');
const library = createServer((request, response) => {
  asked.push(request.headers);
  request.resume();
  void answer.then((text) => response.setHeader('content-type', 'application/json').end(text));
});

const supergraph = (bookFields: string): string => {
  const typeDefs = parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { book: Book }
    type Book { ${bookFields} }`);
  const url = `http://127.0.0.1:${(library.address() as AddressInfo).port}/graphql`;
  return compose([{ name: 'library', url, typeDefs }]);
};

let folder: string;
let gateway: GatewayProcess;
/** Named for how often they are told to. */
let stopping: { readonly once: GatewayProcess; readonly twice: GatewayProcess };
const replaceSupergraph = async (sdl: string): Promise<void> => {
  await writeFile(path.join(folder, 'new'), sdl);
  await rename(path.join(folder, 'new'), path.join(folder, 'library.graphql'));
};
const ask = async (query: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.json() };
};

beforeAll(async () => {
  await new Promise<void>((resolve) => library.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(path.join(tmpdir(), 'library-'));
  await replaceSupergraph(supergraph('title: String'));
  const start = (env: Record<string, string>) =>
    startGatewayProcess({ SUPERGRAPH_PATH: path.join(folder, 'library.graphql'), ...env });
  // Together, since starting takes longer than all that is asked of them.
  const [served, once, twice] = await Promise.all([
    start({ SUPERGRAPH_POLL_MS: '20' }),
    start({}),
    start({ DRAIN_DELAY_MS: '60000' }),
  ]);
  gateway = served;
  stopping = { once, twice };
});
afterAll(async () => {
  await Promise.all([gateway, stopping.once, stopping.twice].map((one) => one.stop()));
  await rm(folder, { recursive: true });
  library.closeAllConnections();
  await new Promise((resolve) => library.close(resolve));
});

describe('a gateway that is given a supergraph and nothing else', () => {
  it('serves it to everybody, and tells subgraphs of nobody', async () => {
    await eventually(async () => (await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    expect(await ask('{ book { title } }')).toEqual({
      status: 200,
      body: { data: { book: { title: 'Emma' } } },
    });
    expect(asked.at(-1)).not.toHaveProperty('authorization');
    const warnings = gateway.logs.filter(({ level }) => level === 'warn').map(({ msg }) => msg);
    expect(warnings.filter((warning) => String(warning).includes('is not set'))).toEqual([
      'INTERNAL_SIGNING_KEY is not set: subgraphs are not told who asks',
      'USERS_JWKS_URL is not set: everybody is anonymous, and access tokens are refused',
    ]);
  });

  it('takes no bearer of a token for nobody', async () => {
    const { status, body } = await ask('{ book { title } }', { authorization: 'Bearer x' });
    expect(status).toBe(401);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('follows the supergraph’s file', async () => {
    await replaceSupergraph('type Query {');
    const refusals = () =>
      gateway.logs.filter(({ msg }) => String(msg).startsWith('a new supergraph is refused'));
    await eventually(refusals).toHaveLength(1);
    expect((await ask('{ book { year } }')).status).toBe(400);
    await replaceSupergraph(supergraph('title: String year: Int'));
    await eventually(() => ask('{ book { year } }')).toEqual({
      status: 200,
      body: { data: { book: { year: 1815 } } },
    });
    expect(refusals()).toHaveLength(1);
  });

  it('counts a file that is gone as a reload that failed, and serves on', async () => {
    const file = path.join(folder, 'library.graphql');
    await rename(file, `${file}.away`);
    const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();
    await eventually(metrics).toContain('gateway_supergraph_reloads_total{outcome="unreadable"} 1');
    expect((await ask('{ book { title } }')).status).toBe(200);
    await rename(`${file}.away`, file);
  });
});

describe('a gateway that is told to stop', () => {
  it('ends well', async () => {
    stopping.once.signal('SIGTERM');
    expect(await stopping.once.ended).toBe(0);
  });

  it('ends at once when it is told again', async () => {
    const { url, signal, ended } = stopping.twice;
    signal('SIGTERM');
    await eventually(async () => (await fetch(`${url}/health/ready`)).status).toBe(503);
    signal('SIGINT'); // as npm passes on what the terminal had sent
    await pause(800);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    signal('SIGTERM');
    expect(await ended).toBe(130);
  });
});
