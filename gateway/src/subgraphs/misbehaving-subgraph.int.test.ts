import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const maxAnswerBytes = 100_000;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    SUBGRAPH_TIMEOUT_MS: '300',
    MAX_SUBGRAPH_ANSWER_BYTES: String(maxAnswerBytes),
  });
  // Readiness asks the subgraphs, too; tests count what they are asked.
  await vi.waitUntil(async () => (await fetch(`${gateway.url}/health/ready`)).ok, { timeout: 15_000 });
});
/** It is asked again as soon as it behaves. */
afterEach(async () => {
  gateway.weights.misbehave = null;
  gateway.accounts.misbehave = null;
  expect((await gateway.ask(across)).body.data).toMatchObject({
    parcel: { weight: 2, owner: { name: 'ada' } },
  });
});
afterAll(() => gateway.stop());

const across = '{ parcel(id: "p1") { id weight owner { name } } }';
const json = { 'content-type': 'application/json' };
const good = '{"data":{"_entities":[{"__typename":"Parcel","weight":7}]}}';

/** What a subgraph may do instead of answering. */
const ways: Record<string, (response: ServerResponse) => void> = {
  'half a body, and then hangs up': (response) => {
    response.writeHead(200, { ...json, 'content-length': good.length });
    response.write(good.slice(0, 20), () => response.destroy());
  },
  'half a body, and then nothing': (response) => {
    response.writeHead(200, { ...json, 'content-length': good.length });
    response.write(good.slice(0, 20));
  },
  'byte by byte, for ever': (response) => {
    response.writeHead(200, json);
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  },
  'half of it in chunks, and then hangs up': (response) => {
    response.writeHead(200, json);
    response.write(good, () => response.destroy());
  },
  never: () => {},
  'by hanging up': (response) => response.destroy(),
  'what is no HTTP': (response) => response.socket?.end('+OK welcome\r\n'),
  'nothing, with status 200': (response) => response.writeHead(200, json).end(),
  'no content': (response) => response.writeHead(204).end(),
  'a redirect': (response) => response.writeHead(307, { location: gateway.accounts.url }).end(),
  'an error page': (response) =>
    response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Oops</h1>'),
  'a body that is too long': (response) =>
    response.writeHead(200, json).end(`${good.slice(0, -1)},"extensions":"${'x'.repeat(maxAnswerBytes)}"}`),
  'a body without end': (response) => {
    response.writeHead(200, json);
    const flood = (): void => {
      while (!response.destroyed && response.write(' '.repeat(16_384)));
    };
    response.on('drain', flood);
    flood();
  },
  'bytes that are no text': (response) => response.writeHead(200, json).end(Buffer.alloc(1_000, 0xff)),
  'what is compressed, though nobody asked for that': (response) =>
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(Buffer.from([0x1f, 0x8b, 8, 0])),
  'brackets in brackets': (response) => response.writeHead(200, json).end('['.repeat(90_000)),
};

describe('a subgraph that answers', () => {
  it.each(Object.entries(ways))(
    '%s, is unavailable: the others’ data still arrives',
    async (_way, misbehave) => {
      gateway.accounts.requests.length = 0;
      gateway.weights.misbehave = misbehave;
      const { status, body } = await gateway.ask(across);
      expect(status).toBe(200);
      expect(body).toEqual({
        data: { parcel: { id: 'p1', weight: null, owner: { name: 'ada' } } },
        errors: [
          {
            message: 'The "weights" service does not answer. Try again shortly.',
            path: ['parcel'],
            extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'weights' },
          },
        ],
      });
      expect(gateway.accounts.requests).toHaveLength(1);
    },
  );

  it('too slowly, is cut off and asked no second time', async () => {
    const requests: Promise<unknown>[] = [];
    gateway.weights.misbehave = (response) => {
      response.writeHead(200, json).write(' ');
      requests.push(once(response, 'close'));
    };
    await gateway.ask(across);
    await Promise.all(requests);
    expect(requests).toHaveLength(1);
  });

  it('a value that nests deeper than it can be written, fails that operation alone', async () => {
    const levels = 40_000;
    gateway.accounts.misbehave = (response) =>
      response.writeHead(200, json).end(`{"data":{"echo":${'['.repeat(levels)}${']'.repeat(levels)}}}`);
    const { status, body } = await gateway.ask('{ echo }');
    expect(status).toBe(500);
    expect(body.errors[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
  });
});
