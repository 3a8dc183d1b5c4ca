import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestRedis, testRedis } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { type Answer, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const persistedQuery = (sha256Hash: unknown, version: unknown = 1) => ({
  persistedQuery: { version, sha256Hash },
});

const answerOf = async (response: Response) => {
  const { data, errors } = (await response.json()) as Answer;
  return { status: response.status, data, code: errors?.[0]?.extensions.code };
};
const post = async (gateway: TestGateway, body: object) =>
  answerOf(
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
const get = async (gateway: TestGateway, parameters: Record<string, string>) =>
  answerOf(
    await fetch(`${gateway.url}/graphql?${new URLSearchParams(parameters)}`, {
      headers: { 'apollo-require-preflight': 'true' },
    }),
  );
const overWebSocket = (gateway: TestGateway, payload: { query: string; [key: string]: unknown }) =>
  new Promise<unknown>((resolve) => {
    gateway.connect().subscribe(payload, { next: resolve, error: resolve, complete: () => {} });
  });

const query = 'query Who { __typename }';
const found = { status: 200, data: { __typename: 'Query' }, code: undefined };
const notFound = { status: 200, data: undefined, code: 'PERSISTED_QUERY_NOT_FOUND' };

describe('a document that is sent by its hash', () => {
  let redis: TestRedis;
  let first: TestGateway;
  let second: TestGateway;
  beforeAll(async () => {
    redis = await testRedis();
    [first, second] = await Promise.all([
      startTestGateway({ REDIS_URL: redis.url }),
      startTestGateway({ REDIS_URL: redis.url }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await redis.stop();
  });

  it('may be asked for as a stream of events', async () => {
    const streamed = 'query Streamed { __typename }';
    const extensions = persistedQuery(sha256(streamed));
    await post(first, { query: streamed, extensions });
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
    const stream = (body: object) =>
      fetch(`${first.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(await (await stream({ extensions })).text()).toContain('"__typename":"Query"');
    expect(await (await stream({ documentId: sha256(streamed) })).text()).toContain('"__typename":"Query"');
    expect((await stream({})).status).toBe(400);
  });

  it('is asked for once, and known to every gateway then', async () => {
    const extensions = persistedQuery(sha256(query));
    expect(await post(first, { extensions })).toEqual(notFound);
    expect(await post(first, { query, extensions })).toEqual(found);
    expect(await post(first, { extensions })).toEqual(found);
    const afterSendingAgain = async () => {
      await post(first, { query, extensions });
      return post(second, { extensions });
    };
    await eventually(afterSendingAgain).toEqual(found); // Redis may not have been connected at first
    expect(await get(second, { extensions: JSON.stringify(extensions) })).toEqual(found);
    expect(await overWebSocket(second, { query: '', extensions })).toEqual({ data: found.data });
  });

  it('is registered by GET, too', async () => {
    const other = '{ other: __typename }';
    const extensions = JSON.stringify(persistedQuery(sha256(other)));
    expect((await get(first, { query: other, extensions })).status).toBe(200);
    expect(await get(first, { extensions })).toMatchObject({ data: { other: 'Query' } });
  });

  it.each([
    [
      'a hash of another document',
      { query, extensions: persistedQuery(sha256('{ me }')) },
      'PERSISTED_QUERY_HASH_MISMATCH',
    ],
    ['a version that nobody knows', { query, extensions: persistedQuery(sha256(query), 2) }, 'BAD_REQUEST'],
    ['a hash that is no text', { extensions: persistedQuery({ a: 1 }) }, 'BAD_REQUEST'],
    ['a protocol that is none', { query, extensions: { persistedQuery: 'yes' } }, 'BAD_REQUEST'],
    ['an id that is no text', { documentId: 7 }, 'BAD_REQUEST'],
    ['nothing', { variables: {} }, 'BAD_REQUEST'],
  ])('is refused with %s', async (_what, body, code) => {
    expect(await post(first, body)).toMatchObject({ status: 400, code });
  });

  it('is not kept when it is beyond a limit', async () => {
    const large = `{ ${'__typename '.repeat(6_000)} }`;
    const extensions = persistedQuery(sha256(large));
    expect(await post(first, { query: large, extensions })).toMatchObject({
      status: 400,
      code: 'BAD_USER_INPUT',
    });
    expect(await post(first, { extensions })).toEqual(notFound);
  });
});

it('a document that is sent by its hash is known to its gateway alone, without a Redis that answers', async () => {
  const gateway = await startTestGateway({ REDIS_URL: 'redis://127.0.0.1:1' });
  const extensions = persistedQuery(sha256(query));
  expect(await post(gateway, { extensions })).toEqual(notFound);
  expect(await post(gateway, { query, extensions })).toEqual(found);
  expect(await post(gateway, { extensions })).toEqual(found);
  await gateway.stop();
});

describe('with trusted documents', () => {
  const body = 'query Trusted { __typename }';
  const live = 'subscription Live { parcel(id: "p") { id } }';
  const operations = [
    { id: sha256(body), name: 'Trusted', type: 'query', body },
    { id: 'live-1', name: 'Live', type: 'subscription', body: live },
  ];
  const untrusted = { status: 400, data: undefined, code: 'DOCUMENT_NOT_TRUSTED' };
  let folder: string;
  let manifest: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'manifest-'));
    manifest = path.join(folder, 'manifest.json');
    await writeFile(
      manifest,
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));
  const start = (TRUSTED_DOCUMENTS: string) =>
    startTestGateway({ TRUSTED_DOCUMENTS, TRUSTED_DOCUMENTS_PATH: manifest });

  describe('enforced', () => {
    let gateway: TestGateway;
    beforeAll(async () => {
      gateway = await start('enforce');
    });
    afterAll(() => gateway.stop());

    it('those of the manifest run, however they are named', async () => {
      gateway.moves.add('PACKED');
      const id = sha256(body);
      expect(await post(gateway, { documentId: id })).toEqual(found);
      expect(await post(gateway, { documentId: `sha256:${id}` })).toEqual(found);
      expect(await post(gateway, { extensions: persistedQuery(id) })).toEqual(found);
      expect(await post(gateway, { query: body })).toEqual(found);
      expect(await get(gateway, { documentId: id })).toEqual(found);
      expect(await get(gateway, { extensions: JSON.stringify(persistedQuery(id)) })).toEqual(found);
      expect(await overWebSocket(gateway, { query: '', documentId: id })).toEqual({ data: found.data });
      expect(await overWebSocket(gateway, { query: '', documentId: 'live-1' })).toMatchObject({
        data: { parcel: { id: 'p' } },
      });
    });

    it('no others do', async () => {
      const extensions = persistedQuery(sha256(query));
      expect(await post(gateway, { query })).toEqual(untrusted);
      expect(await post(gateway, { query, extensions })).toEqual(untrusted);
      expect(await post(gateway, { extensions })).toEqual(untrusted);
      expect(await post(gateway, { documentId: 'nobody' })).toEqual(untrusted);
      expect(await get(gateway, { query })).toEqual(untrusted);
      for (const other of [query, 'subscription { parcel(id: "p") { id } }'])
        expect(await overWebSocket(gateway, { query: other })).toMatchObject([
          { extensions: { code: 'DOCUMENT_NOT_TRUSTED' } },
        ]);
      const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
      expect(metrics).toMatch(/gateway_untrusted_documents_total\{outcome="refused"\} 7/);
    });
  });

  it('logged, others run and are named once', async () => {
    const gateway = await start('log');
    const logged = () =>
      gateway.logs.filter((line) => line.includes('is not trusted')).map((line) => JSON.parse(line));
    expect(await post(gateway, { documentId: sha256(body) })).toEqual(found);
    expect(logged()).toEqual([]);
    for (let time = 0; time < 3; time += 1) expect(await post(gateway, { query })).toEqual(found);
    expect(logged()).toMatchObject([{ hash: sha256(query), operationName: 'Who' }]);
    expect(await (await fetch(`${gateway.url}/metrics`)).text()).toContain('{outcome="allowed"} 3');
    await gateway.stop();
  });

  it.each([
    ['is not there', 'no-such-file.json', null],
    ['is no manifest', 'other.json', '{"format":"something"}'],
    ['is no JSON', 'broken.json', '{'],
  ])('a file that %s stops the start', async (_what, name, content) => {
    const file = path.join(folder, name);
    if (content !== null) await writeFile(file, content);
    await expect(
      startTestGateway({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_PATH: file }),
    ).rejects.toThrow(file);
  });
});
