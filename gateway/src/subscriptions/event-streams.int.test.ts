import { createClient } from 'graphql-sse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.stop());

const moved = 'subscription ($id: ID!) { parcelMoved(id: $id) { sequence status parcel { weight } } }';
type Moved = { parcelMoved: { sequence: number; status: string; parcel: { weight: number } } };

const subscribe = (query: string, headers: Record<string, string> = {}) => {
  const client = createClient({ url: `${gateway.url}/graphql`, headers, retryAttempts: 0 });
  const results: { data?: Moved | null; errors?: readonly { extensions?: object }[] }[] = [];
  let stop = () => {};
  const done = new Promise<unknown>((resolve) => {
    stop = client.subscribe<Moved>(
      { query, variables: { id: 'p1' } },
      {
        next: (result) => results.push(result as never),
        error: resolve,
        complete: () => resolve('completed'),
      },
    );
  });
  return { results, done, stop };
};
const bearer = async (subject: string, expiresIn = '10m') => ({
  authorization: `Bearer ${await gateway.accessToken(subject, { expiresIn })}`,
});
const asked = (init: RequestInit, search = '') =>
  fetch(`${gateway.url}/graphql${search}`, {
    ...init,
    headers: { accept: 'text/event-stream', ...init.headers },
  });
const json = { 'content-type': 'application/json' };
const codeOf = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe('server-sent events', () => {
  it('bring a subscription’s events, completed by the other subgraphs, and its end', async () => {
    gateway.moves.add('SHIPPED');
    const { results, done } = subscribe(moved);
    await eventually(() => results.length).toBe(1);
    gateway.moves.add('DELIVERED');
    expect(await done).toBe('completed');
    expect(results.map(({ data }) => data?.parcelMoved)).toEqual([
      { sequence: 1, status: 'SHIPPED', parcel: { weight: 2 } },
      { sequence: 2, status: 'DELIVERED', parcel: { weight: 2 } },
    ]);
  });

  it('share their upstream with the sockets of the same viewer', async () => {
    gateway.moves.add('SHIPPED');
    const headers = await bearer('ada');
    const stream = subscribe(moved, headers);
    await eventually(() => stream.results.length).toBe(1);
    const overSocket: unknown[] = [];
    gateway
      .connect(headers)
      .subscribe(
        { query: moved, variables: { id: 'p1' } },
        { next: (result) => overSocket.push(result), error: () => {}, complete: () => {} },
      );
    await eventually(() => overSocket.length).toBe(1);
    expect(gateway.moves.readers).toBe(1);
    stream.stop();
    gateway.moves.add('LOST');
    await eventually(() => overSocket.length).toBe(2);
  });

  it('end with their client, and so does the upstream', async () => {
    gateway.moves.add('SHIPPED');
    const { results, stop } = subscribe(moved);
    await eventually(() => results.length).toBe(1);
    stop();
    await eventually(() => gateway.moves.readers).toBe(0);
  });

  it('end in an error when the token does', async () => {
    gateway.moves.add('SHIPPED');
    const { results, done } = subscribe(moved, await bearer('ada', '3s'));
    expect(await done).toBe('completed');
    expect(results.at(-1)?.errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(gateway.moves.readers).toBe(0);
  });

  it('end without a word when the gateway stops, so that clients connect again', async () => {
    gateway.moves.add('SHIPPED');
    const { results, done } = subscribe(moved);
    await eventually(() => results.length).toBe(1);
    await gateway.gateway.stop();
    expect(await done).toBeInstanceOf(Error);
  });

  it('bring queries too, by GET and POST', async () => {
    const query = '{ parcel(id: "p1") { weight } }';
    const stream = 'event: next\ndata: {"data":{"parcel":{"weight":2}}}\n\nevent: complete\ndata:\n\n';
    const posted = await asked({ method: 'POST', headers: json, body: JSON.stringify({ query }) });
    expect(posted.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await posted.text()).toBe(`:\n\n${stream}`);
    const got = await asked({}, `?query=${encodeURIComponent(query)}&variables={}`);
    expect(await got.text()).toBe(`:\n\n${stream}`);
  });

  it('tell what is wrong with an operation in the stream', async () => {
    const { results, done } = subscribe('subscription { nothing }');
    expect(await done).toBe('completed');
    expect(results[0]?.errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });
});

describe('bad input', () => {
  it.each([
    ['no JSON', { method: 'POST', headers: json, body: '{' }, 400],
    ['no query', { method: 'POST', headers: json, body: '{}' }, 400],
    [
      'variables that are no object',
      { method: 'POST', headers: json, body: '{"query":"{a}","variables":[]}' },
      400,
    ],
    ['a form', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
    [
      'a body that is too large',
      { method: 'POST', headers: json, body: `"${'x'.repeat(1024 * 1024)}"` },
      413,
    ],
  ])('%s is refused', async (_what, init, status) => {
    const response = await asked(init);
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toMatch(/BAD_REQUEST|PAYLOAD_TOO_LARGE/);
  });

  it('a mutation by GET is refused, and a forged token', async () => {
    const mutation = await asked({}, '?query=mutation{fail}');
    expect(mutation.status).toBe(405);
    expect(mutation.headers.get('allow')).toBe('POST');
    const forged = await asked({ headers: { authorization: 'Bearer x' } }, '?query={me{id}}');
    expect(forged.status).toBe(401);
    expect(forged.headers.get('www-authenticate')).toContain('invalid_token');
    expect(await codeOf(forged)).toBe('UNAUTHENTICATED');
  });
});
