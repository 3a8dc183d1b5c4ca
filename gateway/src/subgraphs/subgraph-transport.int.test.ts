import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSubgraphTransport, type SubgraphTransport } from './subgraph-transport.ts';

const timeoutMs = 2_000;
const connections = 256;

let respond: (response: ServerResponse) => void;
const server = createServer((_request, response) => respond(response));
let transport: SubgraphTransport;

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  transport = createSubgraphTransport(`http://127.0.0.1:${port}/graphql`, timeoutMs, 1_000_000);
});
afterEach(async () => {
  await transport.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (mayRepeat = false) => transport.post('{}', { 'content-type': 'application/json' }, mayRepeat);

it('gives up an answer that comes byte by byte, and cuts its connection', async () => {
  let cut = () => {};
  const wasCut = new Promise<void>((resolve) => {
    cut = resolve;
  });
  respond = (response) => {
    const drip = setInterval(() => response.write(' '), timeoutMs / 10);
    response.on('close', () => {
      clearInterval(drip);
      cut();
    });
  };
  await expect(post()).rejects.toMatchObject({ code: 'ANSWER_TIMEOUT' });
  await wasCut;
});

it('serves on when its connections were all in vain', async () => {
  respond = () => {};
  const asked = Array.from({ length: connections + 10 }, () => post().catch(({ code }) => code));
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['ANSWER_TIMEOUT']));
  respond = (response) => response.end('{}');
  expect(await post()).toMatchObject({ status: 200, body: '{}' });
});

it('answers queries while more mutations are waiting than it has connections', async () => {
  const held: ServerResponse[] = [];
  const hold = (response: ServerResponse): void => {
    held.push(response);
  };
  respond = hold;
  const waiting = Array.from({ length: connections + 10 }, () => post().catch(() => null));
  await vi.waitUntil(() => held.length >= 64);
  respond = (response) => response.end('{}');
  expect(await post(true)).toMatchObject({ status: 200 });
  for (const response of held) response.end('{}');
  await Promise.all(waiting);
});
