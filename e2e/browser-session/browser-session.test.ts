import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { wholeGraph } from '../graph/whole-graph.ts';
import { openBrowser } from './browser.ts';

const { gatewayUrl } = wholeGraph();
const password = 'correct horse battery';
const inCookies = { headers: { 'x-emporium-session': 'cookie' } };
const fields = '__typename ... on AuthSession { refreshToken } ... on AuthRefusal { code }';
const registering = `mutation ($input: RegisterInput!) { register(input: $input) { ${fields} } }`;
const loggingIn = `mutation ($input: LoginInput!) { login(input: $input) { ${fields} } }`;
const refreshing = `mutation { refreshSession { ${fields} } }`;
const loggingOut = 'mutation { logout }';
const me = '{ me { name } }';
const ada = { me: { name: 'Ada' } };

/** A browser in which Ada has opened an account. */
const registered = async (options: { headers: Record<string, string> } = inCookies) => {
  const browser = openBrowser(gatewayUrl);
  const account = { email: `${randomUUID()}@emporium.test`, password };
  const opened = await browser.ask(registering, { input: { ...account, name: 'Ada' } }, options);
  return { browser, account, opened };
};

describe('a session in a browser', () => {
  it('is kept in cookies that scripts cannot read, and shows no refresh token', async () => {
    const { browser, account, opened } = await registered();
    expect(opened.data).toEqual({ register: { __typename: 'AuthSession', refreshToken: null } });
    const loggedIn = await browser.ask(loggingIn, { input: account }, inCookies);
    expect(loggedIn.data).toEqual({ login: { __typename: 'AuthSession', refreshToken: null } });
    for (const { setCookies } of [opened, loggedIn]) {
      expect(setCookies.map((cookie) => cookie.split('=', 1)[0])).toEqual([
        'emporium_access',
        'emporium_refresh',
      ]);
      for (const cookie of setCookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    }
  });

  it('is in the answer alone when cookies are not asked for', async () => {
    const { opened } = await registered({ headers: {} });
    expect(opened.data?.register).toMatchObject({ refreshToken: expect.any(String) });
    expect(opened.setCookies).toEqual([]);
  });

  it('says who asks, over HTTP and over WebSocket', async () => {
    const { browser } = await registered();
    expect(await browser.ask(me)).toMatchObject({ status: 200, data: ada, setCookies: [] });
    expect(await browser.askOverWebSocket(me)).toEqual({ data: ada });
  });

  it.each([
    ['that says no origin', null],
    ['in a sandbox', 'null'],
    ['elsewhere', 'https://evil.example'],
    ['of Apollo Studio, which may call, but with a bearer token', 'https://studio.apollographql.com'],
    ['whose origin begins like ours', `${gatewayUrl}.evil.example`],
  ])('is of no use to a page %s', async (_which, from) => {
    const { browser } = await registered();
    const before = browser.cookies();
    for (const operation of [me, refreshing, loggingOut]) {
      const { status, data, errors } = await browser.ask(operation, {}, { from });
      expect({ status, data, code: errors?.[0]?.extensions.code }).toEqual({
        status: 403,
        data: undefined,
        code: 'FORBIDDEN_ORIGIN',
      });
    }
    expect(await browser.askOverWebSocket(me, { from })).toBe(403);
    expect(browser.cookies()).toEqual(before);
    expect(await browser.ask(me)).toMatchObject({ data: ada });
  });

  it('goes on with the next tokens, and ends when one is used again', async () => {
    const { browser } = await registered();
    const { emporium_refresh: first } = browser.cookies();
    const next = await browser.ask(refreshing);
    expect(next.data).toEqual({ refreshSession: { __typename: 'AuthSession', refreshToken: null } });
    expect(browser.cookies().emporium_refresh).not.toBe(first);
    expect(await browser.ask(me)).toMatchObject({ data: ada });

    const thief = openBrowser(gatewayUrl);
    const stolen = { headers: { cookie: `emporium_refresh=${first}`, 'user-agent': 'Another 1.0' } };
    const revoked = { data: { refreshSession: { code: 'SESSION_REVOKED' } } };
    expect(await thief.ask(refreshing, {}, stolen)).toMatchObject(revoked);
    expect(await browser.ask(refreshing)).toMatchObject(revoked);
    expect(browser.cookies()).toEqual({});
  });

  it('goes on in both tabs of a browser that refresh it at once', async () => {
    const { browser } = await registered();
    const tabs = await Promise.all([browser.ask(refreshing), browser.ask(refreshing)]);
    for (const { data } of tabs) expect(data?.refreshSession).toMatchObject({ __typename: 'AuthSession' });
    expect(await browser.ask(me)).toMatchObject({ data: ada });
    expect((await browser.ask(refreshing)).data?.refreshSession).toMatchObject({
      __typename: 'AuthSession',
    });
  });

  it('ends with a logout, which takes the cookies away', async () => {
    const { browser } = await registered();
    const { emporium_refresh: last } = browser.cookies();
    expect((await browser.ask(loggingOut)).data).toEqual({ logout: true });
    expect(browser.cookies()).toEqual({});
    expect(await browser.ask(me)).toMatchObject({ status: 200, data: { me: null } });
    const kept = { headers: { cookie: `emporium_refresh=${last}` } };
    expect(await browser.ask(refreshing, {}, kept)).toMatchObject({
      data: { refreshSession: { code: 'SESSION_REVOKED' } },
    });
  });
});

describe('the cookies', () => {
  it('travel without TLS on this machine alone', async () => {
    const { opened } = await registered();
    expect(opened.setCookies.join()).not.toContain('Secure');
  });

  it('never do when the request may have come by TLS, whatever host it claims', async () => {
    const claims = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'localhost' };
    const { opened } = await registered({ headers: { ...inCookies.headers, ...claims } });
    expect(opened.setCookies).toHaveLength(2);
    for (const cookie of opened.setCookies) expect(cookie).toContain('; Secure');
  });
});

describe('a page elsewhere', () => {
  const attacker = async () => (await registered()).account;
  const login = (account: object) => JSON.stringify({ query: loggingIn, variables: { input: account } });

  it.each(['https://evil.example', 'null', 'https://studio.apollographql.com'])(
    'cannot sign its visitor in as somebody of its choice: %s',
    async (from) => {
      const browser = openBrowser(gatewayUrl);
      const input = await attacker();
      const { status, setCookies } = await browser.ask(loggingIn, { input }, { from, ...inCookies });
      expect({ status, setCookies, cookies: browser.cookies() }).toEqual({
        status: 403,
        setCookies: [],
        cookies: {},
      });
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    undefined,
  ])('can send no form of the kind %s, which browsers send without asking', async (type) => {
    for (const path of ['/graphql', '/api/login']) {
      const response = await fetch(gatewayUrl + path, {
        method: 'POST',
        headers: { origin: 'https://evil.example', ...(type ? { 'content-type': type } : {}) },
        body: new Blob([login(await attacker())], { type: '' }),
      });
      expect(response.status, path).toBeGreaterThanOrEqual(400);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it('can change nothing by a link', async () => {
    const { browser } = await registered();
    const cookie = Object.entries(browser.cookies())
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    for (const query of [loggingOut, 'mutation { logoutEverywhere }']) {
      const response = await fetch(`${gatewayUrl}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { cookie },
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
    expect(await browser.ask(me)).toMatchObject({ data: ada });
  });
});
