import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const requestTimeoutMs = 600;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    REQUEST_TIMEOUT_MS: String(requestTimeoutMs),
    MAX_BODY_BYTES: '300000',
  });
});
/** Whatever was done to it, it goes on. */
afterEach(async () => {
  expect((await gateway.ask('{ me { id } }')).body).toEqual({ data: { me: null } });
});
afterAll(() => gateway.stop());

const post = async (body: string | Buffer, headers: Record<string, string> = {}, method = 'POST') => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    // The types of another library's fetch stand in the way.
    body: body as string,
  });
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[];
  };
  // Whose library refuses it is nothing to a client.
  expect(errors[0]?.message).not.toMatch(/apollo|graphql-js|recursively/i);
  return { status: response.status, code: errors[0]?.extensions.code, response };
};

const nested = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);
const echo = 'query ($value: Json) { echo(value: $value) }';

describe('a body', () => {
  it.each<[string, string | Buffer, number, string]>([
    ['that is empty', '', 400, 'BAD_REQUEST'],
    ['that is cut off', '{"query":"{ me', 400, 'BAD_REQUEST'],
    ['that is no object', '"{ me { id } }"', 400, 'BAD_REQUEST'],
    ['that is null', 'null', 400, 'BAD_REQUEST'],
    ['that is a list', '[{"query":"{ me { id } }"}]', 400, 'BAD_REQUEST'],
    ['of brackets, opened and not closed', '['.repeat(200_000), 400, 'BAD_REQUEST'],
    ['of lists in lists', nested(100_000), 400, 'BAD_REQUEST'],
    [
      'that is not UTF-8',
      Buffer.from([...Buffer.from('{"query":"{ me { id } }'), 0xff, 0x22, 0x7d]),
      400,
      'BAD_REQUEST',
    ],
    ['without a query', '{"variables":{}}', 400, 'BAD_REQUEST'],
    ['whose query is no string', '{"query":{"me":1}}', 400, 'BAD_REQUEST'],
    ['whose query is empty', '{"query":""}', 400, 'BAD_REQUEST'],
    ['whose query is no document', '{"query":"{"}', 400, 'GRAPHQL_PARSE_FAILED'],
    ['whose variables are a string', '{"query":"{ me { id } }","variables":"{}"}', 400, 'BAD_REQUEST'],
    ['whose variables are a list', '{"query":"{ me { id } }","variables":[1]}', 400, 'BAD_REQUEST'],
    ['whose extensions are a string', '{"query":"{ me { id } }","extensions":"{}"}', 400, 'BAD_REQUEST'],
    ['whose operationName is a number', '{"query":"{ me { id } }","operationName":1}', 400, 'BAD_REQUEST'],
    ['of __proto__ only', '{"__proto__":{"query":"{ me { id } }"}}', 400, 'BAD_REQUEST'],
    ['that is too long', `{"query":"${' '.repeat(300_000)}"}`, 413, 'PAYLOAD_TOO_LARGE'],
  ])('%s is refused', async (_what, body, status, code) => {
    expect(await post(body)).toMatchObject({ status, code });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    '',
  ])('of the type "%s" is refused', async (type) => {
    const headers = { 'content-type': type, 'apollo-require-preflight': '1' };
    expect(await post('{"query":"{ me { id } }"}', headers)).toMatchObject({
      status: 415,
      code: 'BAD_REQUEST',
    });
  });

  it.each([{ 'content-encoding': 'gzip' }, { 'content-type': 'application/json; charset=utf-16' }])(
    'that is encoded as %o is refused',
    async (headers) => {
      expect(await post('{"query":"{ me { id } }"}', headers as never)).toMatchObject({
        status: 415,
        code: 'BAD_REQUEST',
      });
    },
  );

  it.each([
    ['lists', nested(100_000)],
    ['objects', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
  ])('whose variables are %s in each other is refused', async (_what, value) => {
    const body = `{"query":"${echo}","variables":{"value":${value}}}`;
    expect(await post(body)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });

  it('may say __proto__ and constructor, and changes nothing by it', async () => {
    const value = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":"${echo}","variables":{"value":${value},"__proto__":{"value":2}},"__proto__":{"query":"{ secret }"}}`,
    });
    expect(await response.text()).toBe(`{"data":{"echo":${value}}}\n`);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('in the URL', () => {
  const get = async (search: string) => {
    const response = await fetch(`${gateway.url}/graphql?${search}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    return response.status;
  };
  it.each([
    ['a document that is cut off', 'query=%7B', 400],
    ['bytes that are not UTF-8', 'query=%ff%fe', 400],
    ['two queries', 'query={me{id}}&query={me{id}}', 400],
    ['variables that are cut off', 'query={me{id}}&variables=[', 400],
    ['variables that are a number', 'query={me{id}}&variables=1', 400],
    [
      'variables that nest too deep',
      `query=${encodeURIComponent(echo)}&variables={"value":${nested(2_000)}}`,
      400,
    ],
    ['a mutation', 'query=mutation{fail}', 405],
    ['no query', '', 400],
  ])('%s: refused', async (_what, search, status) => expect(await get(search)).toBe(status));
});

describe('a number that does not fit', () => {
  it.each([
    ['written into the document', '{ putOn(scale: "s", weight: 99999999999) { id } }', {}],
    ['in a variable', '($w: Int!) { putOn(scale: "s", weight: $w) { id } }', { w: 99_999_999_999 }],
  ])('%s: the answer names its place', async (_what, operation, variables) => {
    const { body } = await gateway.ask(`mutation ${operation}`, {}, variables);
    const [error] = body.errors;
    expect(error?.message).toContain('32-bit');
    expect(error?.extensions.field ?? error?.message).toMatch(/^weight$|"\$w"/);
  });
});

describe('a method', () => {
  it.each(['PUT', 'DELETE', 'PATCH'])('%s is none of ours', async (method) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'Send operations by POST, or queries by GET.',
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    });
  });
});

/** What comes back for these bytes until the gateway closes the connection. */
const raw = async (...parts: string[]): Promise<string> => {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  socket.on('error', () => {});
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  for (const part of parts) socket.write(part);
  await once(socket, 'close');
  return answer;
};
const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

describe('bytes that are no request', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['an unknown method', 'BREW /graphql HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['no host', 'GET /graphql HTTP/1.1\r\n\r\n', 400],
    ['a huge header', `${head}x-large: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a length and chunks', `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a chunk without a size', `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`, 400],
    ['a negative length', `${head}content-length: -1\r\n\r\n`, 400],
  ])('%s: the connection is closed', async (_what, bytes, status) => {
    expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it.each([
    '//',
    '/graphql/..',
    '*',
    'http://elsewhere.example/graphql',
    '/%',
    '/__proto__',
    '/constructor',
  ])('the path %s leads nowhere', async (path) => {
    expect(await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 404 /,
    );
  });
});

describe('a client that stops', () => {
  it.each([
    ['in the middle of a body', `${head}content-length: 100\r\n\r\n{"query":`],
    ['in the middle of a chunked body', `${head}transfer-encoding: chunked\r\n\r\n5\r\n{"que`],
    ['in the middle of the headers', head],
  ])('%s is told so, and its connection is closed', async (_when, bytes) => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1.1 408 /);
  });

  it('before it sent anything does not hold a connection; nor do five hundred', async () => {
    const sockets = Array.from({ length: 500 }, () => raw());
    expect((await gateway.ask('{ __typename }')).status).toBe(200);
    await Promise.all(sockets);
  });

  it('by hanging up leaves nothing in the log but silence', async () => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`${head}content-length: 100\r\n\r\n{"query":`);
    socket.destroy();
    await gateway.ask('{ __typename }');
    expect(gateway.logs.join('')).not.toContain('a request failed');
  });
});
