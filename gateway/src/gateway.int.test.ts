import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { held } from './testing/held.ts';
import { type Answer, allowedOrigin, startTestGateway, type TestGateway } from './testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  // Readiness asks the subgraphs, too; tests count what they are asked.
  await vi.waitUntil(async () => (await fetch(`${gateway.url}/health/ready`)).ok, { timeout: 15_000 });
  forget();
});
afterAll(() => gateway.stop());
afterEach(() => forget());
const forget = () => {
  for (const subgraph of [gateway.accounts, gateway.parcels, gateway.weights]) {
    subgraph.requests.length = 0;
    subgraph.answer = null;
    subgraph.gate = Promise.resolve();
  }
};

const across = '{ parcel(id: "p1") { id weight owner { name } } }';
const bearer = async (subject: string) => ({
  authorization: `Bearer ${await gateway.accessToken(subject)}`,
});

describe('queries and mutations', () => {
  it('are answered across subgraphs', async () => {
    const { status, body } = await gateway.ask(across);
    expect(status).toBe(200);
    expect(body).toEqual({ data: { parcel: { id: 'p1', weight: 2, owner: { name: 'ada' } } } });
  });

  it('need variables that fit', async () => {
    const { status, body } = await gateway.ask(
      'query ($id: ID!) { parcel(id: $id) { id } }',
      {},
      { id: null },
    );
    expect(status).toBe(400);
    expect(body.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each([undefined, 'C'])('name one of the operations, not %s', async (operationName) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'query A { __typename } query B { __typename }', operationName }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }],
    });
  });

  it('keep a coded error and hide what has no code', async () => {
    const coded = await gateway.ask('mutation { fail }');
    expect(coded.body.errors).toEqual([
      {
        message: 'You may not.',
        path: ['fail'],
        extensions: { code: 'FORBIDDEN', serviceName: 'accounts' },
      },
    ]);
    const { body } = await gateway.ask('{ secret }');
    expect(JSON.stringify(body)).not.toContain('postgres');
    expect(body.errors[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(gateway.logs.join('')).toContain('postgres://secret');
  });

  it('say that subscriptions have another way in', async () => {
    const { status, body } = await gateway.ask('subscription { parcel(id: "p") { id } }');
    expect(status).toBe(400);
    expect(body.errors[0]?.extensions.code).toBe('SUBSCRIPTION_OVER_HTTP');
  });

  it('cannot come from a foreign form', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"{ me { id } }"}',
    });
    expect(response.status).toBe(415);
    expect(gateway.accounts.requests).toHaveLength(0);
  });

  it('have a limit of bytes, and one of tokens', async () => {
    const bytes = await gateway.ask(`{ ${' '.repeat(1024 * 1024)} __typename }`);
    expect(bytes.status).toBe(413);
    expect(bytes.body.errors[0]?.extensions.code).toBe('PAYLOAD_TOO_LARGE');
    const tokens = await gateway.ask(`{ ${'__typename '.repeat(6_000)} }`);
    expect(tokens.status).toBe(400);
    expect(tokens.body.errors[0]?.message).toContain('tokens');
  });

  it('refuse a body that is not JSON', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":',
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as Answer).errors[0]?.extensions.code).toBe('BAD_REQUEST');
  });
});

describe('a subgraph that does not serve', () => {
  const unavailable = { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'weights' };

  it.each([
    ['HTML', { status: 200, contentType: 'text/html', body: '<h1>Welcome to nginx</h1>' }],
    ['garbage', { status: 200, contentType: 'application/json', body: '{"data":' }],
    ['other JSON', { status: 200, contentType: 'application/json', body: '[1]' }],
    [
      'a refusal of the gateway',
      { status: 401, contentType: 'application/json', body: '{"errors":[{"message":"no"}]}' },
    ],
    ['an error status', { status: 502, contentType: 'application/json', body: '{"data":{}}' }],
  ])('answers %s: the others’ data still arrives', async (_what, answer) => {
    gateway.weights.answer = answer;
    const { body } = await gateway.ask(across);
    expect(body.data).toEqual({ parcel: { id: 'p1', weight: null, owner: { name: 'ada' } } });
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({ path: ['parcel'], extensions: unavailable });
  });

  it('is down: the others’ data still arrives, and its address stays unknown', async () => {
    await gateway.weights.kill();
    const { body } = await gateway.ask(across);
    expect(body.data).toEqual({ parcel: { id: 'p1', weight: null, owner: { name: 'ada' } } });
    expect(body.errors[0]?.extensions).toEqual(unavailable);
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);

    await gateway.weights.start();
    expect((await gateway.ask(across)).body.errors).toBeUndefined();
  });
});

describe('identical fetches in flight', () => {
  const inParallel = async (query: string, ...headers: Record<string, string>[]) => {
    const { until, release } = held();
    gateway.accounts.gate = until;
    const asked = headers.map((one) => gateway.ask(query, one));
    await eventually(() => gateway.accounts.requests.length).toBeGreaterThan(0);
    // Whatever was asked before these round trips has reached the subgraph, or is sharing.
    for (let trip = 0; trip < 5; trip += 1) await gateway.ask('{ __typename }', await bearer('eve'));
    release();
    return Promise.all(asked);
  };

  it('are sent once for one viewer', async () => {
    const ada = await bearer('ada');
    const answers = await inParallel('{ me { id name } }', ada, ada, ada);
    for (const { body } of answers) expect(body.data.me?.id).toBe('ada');
    expect(gateway.accounts.requests).toHaveLength(1);
  });

  it('are never shared between viewers', async () => {
    const [first, second] = await inParallel('{ me { id } }', await bearer('ada'), await bearer('bob'));
    expect(first?.body.data.me?.id).toBe('ada');
    expect(second?.body.data.me?.id).toBe('bob');
  });

  it('are never shared when they are mutations', async () => {
    await inParallel('mutation { signIn(name: "x") }', {}, {}, {});
    await eventually(() => gateway.accounts.requests.length).toBe(3);
  });
});

describe('identity', () => {
  const me = '{ me { id } }';

  it('comes from a bearer token', async () => {
    expect((await gateway.ask(me, await bearer('ada'))).body).toEqual({ data: { me: { id: 'ada' } } });
  });

  it('is nobody’s without one', async () => {
    expect((await gateway.ask(me)).body).toEqual({ data: { me: null } });
  });

  it('takes no forged, expired or foreign token: 401, and nothing is executed', async () => {
    const bad = [
      await gateway.accessToken('ada', { secret: gateway.forger.secret }),
      await gateway.accessToken('ada', { expiresIn: '-1m' }),
      'garbage',
    ];
    for (const token of bad) {
      const { status, headers, body } = await gateway.ask(me, { authorization: `Bearer ${token}` });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toContain('invalid_token');
      expect(body.errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    }
    expect(gateway.accounts.requests).toHaveLength(0);
  });

  it('comes from a cookie, if the page is on the allow list', async () => {
    const cookie = `emporium_access=${await gateway.accessToken('ada')}`;
    expect((await gateway.ask(me, { cookie, origin: allowedOrigin })).body).toEqual({
      data: { me: { id: 'ada' } },
    });
    // A page of ours that only reads says no origin.
    expect((await gateway.ask(me, { cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    for (const headers of [
      { cookie },
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, 'sec-fetch-site': 'same-site' },
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      { cookie, origin: 'null' },
    ]) {
      const { status, body } = await gateway.ask(me, headers as Record<string, string>);
      expect(status).toBe(403);
      expect(body.errors[0]?.extensions.code).toBe('FORBIDDEN_ORIGIN');
    }
  });

  it('is nobody’s with a cookie that has expired: a browser can still sign in', async () => {
    const cookie = `emporium_access=${await gateway.accessToken('ada', { expiresIn: '-1m' })}`;
    const { status, body } = await gateway.ask(me, { cookie, origin: allowedOrigin });
    expect(status).toBe(200);
    expect(body).toEqual({ data: { me: null } });
  });

  it('is not what a client’s own headers claim', async () => {
    await gateway.ask(me, {
      'x-viewer': 'admin',
      'x-user-id': 'admin',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-emporium-viewer': 'admin',
      cookie: 'theme=dark',
      ...(await bearer('ada')),
    });
    const [received] = gateway.accounts.requests;
    expect(Object.keys(received?.headers ?? {}).sort()).toEqual([
      'accept',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'traceparent',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-request-id',
    ]);
    expect(received?.headers['x-forwarded-host']).toBe(new URL(gateway.url).host);
    const [, claims = ''] = received?.headers.authorization?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'emporium-gateway',
      aud: 'accounts',
      sub: 'ada',
      roles: ['BUYER'],
      addr: '127.0.0.1',
    });
  });
});

describe('the cookies of a session', () => {
  const session = async () => ({
    cookie: `emporium_access=${await gateway.accessToken('ada')}; emporium_refresh=r%201; theme=dark`,
    origin: allowedOrigin,
    'x-emporium-session': 'cookie',
  });

  it('are set by the configured subgraph', async () => {
    const { headers } = await gateway.ask('mutation { signIn(name: "ada") }', {
      'x-emporium-session': 'cookie',
    });
    expect(headers.getSetCookie()).toEqual([
      'emporium_access=ada; HttpOnly',
      'emporium_refresh=cookie; HttpOnly',
    ]);
  });

  it('reach that subgraph: the refresh cookie, and no other', async () => {
    const { body } = await gateway.ask('mutation { refresh }', await session());
    expect(body.data.refresh).toBe('emporium_refresh=r%201');
  });

  it('reach that subgraph: the one of a sign-in that has begun, alone or beside it', async () => {
    const begun = 'emporium_sign_in=s%202';
    const { cookie, ...headers } = await session();
    const { body: alone } = await gateway.ask('mutation { refresh }', { ...headers, cookie: begun });
    expect(alone.data.refresh).toBe(begun);
    const { body } = await gateway.ask('mutation { refresh }', {
      ...headers,
      cookie: `${begun}; ${cookie}`,
    });
    expect(body.data.refresh).toBe(`emporium_refresh=r%201; ${begun}`);
  });

  it('are not for any other subgraph, to see or to set', async () => {
    const { headers, body } = await gateway.ask('{ cookiesSeen }', await session());
    expect(body.data.cookiesSeen).toBeNull();
    expect(headers.getSetCookie()).toEqual([]);
    const seen = Object.keys(gateway.parcels.requests[0]?.headers ?? {});
    expect(seen.filter((name) => name.startsWith('x-'))).toEqual(['x-request-id']);
  });
});

describe('browsers', () => {
  const preflight = (origin: string) =>
    fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
        'access-control-request-private-network': 'true',
      },
    });

  it.each([allowedOrigin, 'https://studio.apollographql.com'])('may call from %s', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-headers')).toBe('content-type,authorization');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-private-network')).toBe('true');
    const answer = await gateway.ask('{ __typename }', { origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it('may not call from elsewhere', async () => {
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('get a page that needs no network', async () => {
    for (const path of ['/', '/graphql']) {
      const response = await fetch(gateway.url + path, { headers: { accept: 'text/html,*/*' } });
      const page = await response.text();
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(page).toContain('Apollo Sandbox');
      expect(page).toContain('parcelMoved');
      expect(page).not.toMatch(/<(script|link|img)[^>]*https?:/);
    }
  });

  it('get GraphiQL and all of its files from here', async () => {
    const page = await (await fetch(`${gateway.url}/graphiql`)).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
    expect(files.shift()).toBe('data:,'); // no icon, and no request for one
    expect(files).toHaveLength(5);
    for (const file of files) {
      expect(file).toMatch(/^\/graphiql\//);
      const response = await fetch(gateway.url + file);
      expect(response.status).toBe(200);
      expect((await response.text()).length).toBeGreaterThan(100);
    }
    expect((await fetch(`${gateway.url}/graphiql/../package.json`)).status).toBe(404);
    expect((await fetch(`${gateway.url}/graphiql/nothing.js`)).status).toBe(404);
  });

  it('get examples that the gateway itself accepts', async () => {
    const page = await (await fetch(`${gateway.url}/`)).text();
    const links = [...page.matchAll(/\/graphiql\?([^"]+)"/g)].map(
      ([, query = '']) => new URLSearchParams(query.replaceAll('&amp;', '&')),
    );
    expect(links.length).toBeGreaterThan(5);
    for (const link of links.filter((one) => !one.get('query')?.startsWith('subscription'))) {
      const { body } = await gateway.ask(
        link.get('query') ?? '',
        {},
        JSON.parse(link.get('variables') ?? ''),
      );
      expect(JSON.stringify(body)).not.toContain('VALIDATION');
    }
  });
});

describe('operations of the gateway', () => {
  it('tells its health', async () => {
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    await eventually(async () => (await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
  });

  it('counts what it does', async () => {
    await gateway.ask(across);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(
      /gateway_requests_total\{status="200",operation="anonymous",client="unknown",version="unknown"\} [1-9]/,
    );
    expect(metrics).toMatch(
      /gateway_subgraph_fetches_total\{subgraph="parcels",outcome="answered"\} [1-9]/,
    );
    expect(metrics).toContain('gateway_live_subscriptions 0');
  });

  it('says where nothing is', async () => {
    expect((await fetch(`${gateway.url}/nothing`)).status).toBe(404);
  });
});
