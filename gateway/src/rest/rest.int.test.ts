import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
afterEach(() => {
  gateway.weights.answer = null;
});

const ask = (path: string, init: RequestInit = {}) => fetch(`${gateway.url}/api${path}`, init);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const codeOf = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe('the REST façade', () => {
  it('answers a query by GET, across subgraphs', async () => {
    const response = await ask('/parcel/p1');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: 'p1', weight: 2, owner: { id: 'ada', name: 'ada' } });
  });

  it.each(['/account/ada', '/account?id=ada', '/account?name=ada'])(
    'finds by an id or by what may stand in its place: %s',
    async (path) => {
      const response = await ask(path);
      expect([response.status, await response.json()]).toEqual([200, { id: 'ada', name: 'ada' }]);
    },
  );

  it.each(['/account/nobody', '/account?name=nobody'])('has no such thing: %s', async (path) => {
    const response = await ask(path);
    expect([response.status, await codeOf(response)]).toEqual([404, 'NOT_FOUND']);
  });

  it('describes both ways', async () => {
    type Described = { paths: Record<string, { get?: { parameters: { name: string; in: string }[] } }> };
    const { paths } = (await (await ask('/openapi.json')).json()) as Described;
    const parameters = (path: string) => paths[path]?.get?.parameters.map((one) => [one.name, one.in]);
    expect(parameters('/account')).toEqual([
      ['id', 'query'],
      ['name', 'query'],
    ]);
    expect(parameters('/account/{id}')).toEqual([['id', 'path']]);
  });

  it('tells caches what GraphQL tells them', async () => {
    const told = ({ headers }: Response) => [headers.get('cache-control'), headers.get('vary')];
    const kept = await ask('/scale/s1');
    expect(told(kept)).toEqual(['max-age=60, public', expect.stringContaining('accept')]);
    expect(told(await ask('/my-scale'))).toEqual([
      'max-age=60, private',
      expect.stringContaining('authorization'),
    ]);
    expect(told(await ask('/parcel/p1'))[0]).toBe('private, no-store');
    expect(told(await ask('/account/nobody'))[0]).toBe('private, no-store');
  });

  it('answers a mutation by POST, with its cookies', async () => {
    const response = await post('/sign-in', { name: 'ada' });
    expect([response.status, await response.json()]).toEqual([200, true]);
    expect(response.headers.get('set-cookie')).toContain('emporium_access=ada');
  });

  it('knows who asks', async () => {
    const authorization = `Bearer ${await gateway.accessToken('bob')}`;
    expect(await (await ask('/me', { headers: { authorization } })).json()).toMatchObject({ id: 'bob' });
    const forged = await ask('/me', { headers: { authorization: 'Bearer x' } });
    expect(forged.status).toBe(401);
    expect(forged.headers.get('www-authenticate')).toContain('invalid_token');
    expect(await codeOf(forged)).toBe('UNAUTHENTICATED');
  });

  it('gives an error the status that its code means, and masks what has none', async () => {
    const refused = await post('/fail', {});
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'FORBIDDEN']);
    const masked = await ask('/secret');
    expect(masked.status).toBe(500);
    expect(await masked.text()).not.toContain('postgres');
  });

  it('gives what there is when a subgraph is down, and says where something is missing', async () => {
    gateway.weights.answer = { status: 500, contentType: 'text/plain', body: 'no' };
    const response = await ask('/parcel/p1');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: 'p1', weight: null });
    expect(response.headers.get('x-partial')).toContain('SUBGRAPH_UNAVAILABLE');
  });

  it('is described, and shown by a page that loads nothing from elsewhere', async () => {
    const document = (await (await ask('/openapi.json')).json()) as {
      paths: object;
      info: { description: string };
    };
    expect(document.info.description).not.toMatch(/sofa/i);
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/parcel/{id}', '/sign-in']));
    const page = await ask('/docs');
    const html = await page.text();
    expect(html).not.toMatch(/https?:/);
    for (const [, file = ''] of html.matchAll(/(?:src|href)="(\/api[^"]+)"/g))
      expect((await fetch(gateway.url + file)).status).toBe(200);
  });

  it.each([
    ['an unknown path', () => ask('/nothing'), 404, 'NOT_FOUND'],
    ['an id that is no text', () => ask('/account/%ff'), 404, 'NOT_FOUND'],
    [
      'webhooks, which would send to any address',
      () => post('/webhook', { url: 'http://127.0.0.1' }),
      404,
      'NOT_FOUND',
    ],
    ['a mutation by GET', () => ask('/fail'), 404, 'NOT_FOUND'],
    [
      'a form',
      () => ask('/fail', { method: 'POST', body: new URLSearchParams('a=b') }),
      415,
      'BAD_REQUEST',
    ],
    ['no JSON', () => post('/sign-in', '{'), 400, 'BAD_REQUEST'],
    ['a missing argument', () => post('/sign-in', {}), 400, 'BAD_USER_INPUT'],
    [
      'a body that is too large',
      () => post('/sign-in', { name: 'x'.repeat(1024 * 1024) }),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('refuses %s', async (_what, asked, status, code) => {
    const response = await asked();
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });
});

/** Sent as it is: fetch would tidy the path up. */
const rawly = (port: number, path: string, method = 'GET') =>
  new Promise<number | undefined>((resolve, reject) => {
    request({ port, path, method, headers: { 'content-type': 'application/json' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(method === 'POST' ? '{"subscription":"parcel","url":"http://127.0.0.1"}' : undefined);
  });

describe('a path that is written in a roundabout way', () => {
  it.each(['/api/./webhook', '/api/x/../webhook', '/api/webhook/', '/api/webhook/1'])(
    'leads to no webhooks: %s',
    async (path) => expect(await rawly(gateway.gateway.port, path, 'POST')).toBe(404),
  );
});

describe('a gateway without the REST façade, or that hides its schema', () => {
  it.each([
    [{ REST_API: 'false' }, '/api/me'],
    [{ INTROSPECTION: 'false' }, '/api/openapi.json'],
    [{ INTROSPECTION: 'false' }, '/api/docs'],
  ])('%j has no %s', async (env, path) => {
    const other = await startTestGateway(env as Record<string, string>);
    try {
      expect((await fetch(other.url + path)).status).toBe(404);
      expect(await rawly(other.gateway.port, path.replace('/api/', '/api/./'))).toBe(404);
    } finally {
      await other.stop();
    }
  });
});
