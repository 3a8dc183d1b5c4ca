import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { held } from '../testing/held.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
afterEach(() => {
  gateway.weights.answer = null;
  gateway.weights.gate = Promise.resolve();
});

const query = '{ parcel(id: "p1") { id ... @defer(label: "heavy") { weight } } }';
const post = (accept: string, document = query): Promise<Response> =>
  fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query: document }),
  });
const inParts = 'multipart/mixed; deferSpec=20220824, application/json';

/** The JSON of each part, as a client of multipart/mixed reads it. */
const partsOf = (body: string): unknown[] => {
  expect(body.endsWith('\r\n-----\r\n')).toBe(true);
  return body
    .split(/\r\n---(?:--)?\r\n/)
    .filter((part) => part !== '')
    .map((part) => {
      const [headers, json = ''] = part.split('\r\n\r\n');
      expect(headers).toBe('content-type: application/json; charset=utf-8');
      return JSON.parse(json);
    });
};

describe('an answer in parts', () => {
  it('is for clients that take it', async () => {
    const response = await post(inParts);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('multipart/mixed; boundary="-"; deferSpec=20220824');
    expect(partsOf(await response.text())).toEqual([
      { data: { parcel: { id: 'p1' } }, hasNext: true },
      { incremental: [{ label: 'heavy', path: ['parcel'], data: { weight: 2 } }], hasNext: true },
      { hasNext: false },
    ]);
  });

  it('needs no other type to be accepted', async () => {
    const response = await post('multipart/mixed; deferSpec=20220824');
    expect(response.status).toBe(200);
    expect(partsOf(await response.text())[0]).toEqual({ data: { parcel: { id: 'p1' } }, hasNext: true });
  });

  it('that nobody could read is refused before anything runs', async () => {
    gateway.accounts.requests.length = 0;
    const response = await post('image/png', 'mutation { fail }');
    expect(response.status).toBe(406);
    expect(gateway.accounts.requests).toHaveLength(0);
  });

  it('begins before its last part is there', async () => {
    const { until, release } = held();
    gateway.weights.gate = until;
    const response = await post(inParts);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = await reader?.read();
    expect(first?.value).toContain('"hasNext":true');
    expect(first?.value).not.toContain('weight');
    release();
    await reader?.cancel();
  });

  it('tells what a part could not have', async () => {
    gateway.weights.answer = { status: 500, contentType: 'text/plain', body: 'no' };
    const [, second] = partsOf(await (await post(inParts)).text());
    expect(second).toMatchObject({
      incremental: [{ data: { weight: null }, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] }],
    });
  });

  it('is one answer for everyone else, and for what puts nothing off', async () => {
    const whole = await post('application/json');
    expect(whole.headers.get('content-type')).toContain('application/json');
    expect(await whole.json()).toEqual({ data: { parcel: { id: 'p1', weight: 2 } } });
    const plain = await post(inParts, '{ parcel(id: "p1") { id } }');
    expect(await plain.json()).toEqual({ data: { parcel: { id: 'p1' } } });
  });

  it('is refused by the rules of @defer', async () => {
    const response = await post(inParts, 'mutation { ... @defer { fail } }');
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });
});
