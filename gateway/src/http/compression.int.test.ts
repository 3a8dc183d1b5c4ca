import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const small = '{ __typename }';
const large = '{ __schema { types { name fields { name } } } }';

/** The bytes of an answer as they came; `fetch` would decompress them. */
const ask = (query: string, headers: Record<string, string> = {}) =>
  new Promise<{ headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
    const url = `${gateway.url}/graphql?query=${encodeURIComponent(query)}`;
    const asked = request(url, { headers: { 'apollo-require-preflight': '1', ...headers } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ headers: answer.headers, bytes: Buffer.concat(chunks) }));
    });
    asked.on('error', reject).end();
  });

describe('an answer', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
  ])('is compressed with %s for a client that takes it', async (encoding, decompress) => {
    const plain = await ask(large);
    const { headers, bytes } = await ask(large, { 'accept-encoding': encoding });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('origin, accept-encoding');
    expect(headers['content-length']).toBe(String(bytes.length));
    expect(bytes.length).toBeLessThan(plain.bytes.length / 2);
    expect(decompress(bytes)).toEqual(plain.bytes);
  });

  it('is left alone for others, who are told that it differs', async () => {
    const { headers, bytes } = await ask(large);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toBe('origin, accept-encoding');
    expect(JSON.parse(bytes.toString())).toHaveProperty('data');
  });

  it('is left alone when it is small', async () => {
    const { headers } = await ask(small, { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toBe('origin');
  });

  it('is left alone when it comes in parts or as events', async () => {
    for (const accept of ['multipart/mixed; deferSpec=20220824', 'text/event-stream']) {
      const query = '{ parcel(id: "p1") { id ... @defer { weight } } }';
      const { headers, bytes } = await ask(query, { accept, 'accept-encoding': 'gzip' });
      expect(headers['content-type']).toContain(accept.split(';')[0]);
      expect(headers['content-encoding']).toBeUndefined();
      expect(bytes.toString()).toContain('"weight":2');
    }
  });
});

it('pages are compressed, too', async () => {
  const response = await fetch(gateway.url, {
    headers: { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' },
  });
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(await response.text()).toContain('Apollo Sandbox');
});
