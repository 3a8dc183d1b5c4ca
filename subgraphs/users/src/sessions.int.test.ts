import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  claimsIn,
  loginMutation,
  password,
  refreshMutation,
  registerSomebody,
  registerVerified,
  startUsersUnderTest,
  type UsersUnderTest,
  viewerOf,
} from './users-under-test.ts';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const refresh = async (token: string | null, headers: Record<string, string> = {}) => {
  const { data, setCookie } = await users.ask(refreshMutation, { variables: { token }, headers });
  return { ...data.refreshSession, setCookie };
};
const logout = (asking: Parameters<UsersUnderTest['ask']>[1]) => users.ask('mutation { logout }', asking);

/** What happened to somebody's account, in order. */
const kindsOf = async (userId: string) => {
  const events = await users.prisma.securityEvent.findMany({ where: { userId }, orderBy: { id: 'asc' } });
  return events.map(({ kind }) => kind);
};

const valuesOf = (setCookie: readonly string[]) =>
  Object.fromEntries(setCookie.map((cookie) => cookie.split(';', 1)[0]?.split('=') ?? []));

const loginWithCookies = async (email: string) => {
  const { data, setCookie } = await users.ask(loginMutation, {
    variables: { input: { email, password } },
    headers: { 'x-emporium-session': 'cookie' },
  });
  return { session: data.login, setCookie, cookies: valuesOf(setCookie) };
};

describe('refreshing a session', () => {
  it('rotates the token', async () => {
    const { refreshToken, id } = await registerSomebody(users);
    const next = await refresh(refreshToken);
    expect(next).toMatchObject({ __typename: 'AuthSession', user: { id } });
    expect(next.refreshToken).not.toBe(refreshToken);
    expect((await refresh(next.refreshToken)).__typename).toBe('AuthSession');
  });

  it('ends the whole session when a token is used twice', async () => {
    const { refreshToken } = await registerSomebody(users);
    const next = await refresh(refreshToken);
    expect(await refresh(refreshToken)).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await refresh(next.refreshToken)).toMatchObject({ code: 'SESSION_REVOKED' });
  });

  it('lets one through when a token is used by several at once, and then ends the session', async () => {
    const { refreshToken } = await registerSomebody(users);
    const answers = await Promise.all(Array.from({ length: 4 }, () => refresh(refreshToken)));
    const winners = answers.filter(({ __typename }) => __typename === 'AuthSession');
    expect(winners).toHaveLength(1);
    expect(await refresh(winners[0].refreshToken)).toMatchObject({ code: 'SESSION_REVOKED' });
  });

  it('leaves the user’s other sessions alone', async () => {
    const { refreshToken, email } = await registerSomebody(users);
    const { data } = await users.ask(loginMutation, { variables: { input: { email, password } } });
    await refresh(refreshToken);
    await refresh(refreshToken);
    expect((await refresh(data.login.refreshToken)).__typename).toBe('AuthSession');
  });

  it('used twice is told to its owner by mail, and noted', async () => {
    const { refreshToken, id, email } = await registerVerified(users);
    await refresh(refreshToken);
    await refresh(refreshToken, { 'user-agent': 'Netscape\u00e9 4' });
    expect(await users.mailsOf({ userId: id })).toMatchObject([
      { recipient: email, template: 'REFRESH_TOKEN_REUSED', data: { name: 'Ada' } },
    ]);
    const noted = await users.prisma.securityEvent.findMany({
      where: { userId: id },
      orderBy: { at: 'asc' },
    });
    expect(noted).toMatchObject([
      { kind: 'ACCOUNT_OPENED', address: '203.0.113.1' },
      { kind: 'REFRESH_TOKEN_REUSED', device: 'Netscape 4' },
    ]);
  });

  it('tells in its access tokens when and how it was begun', async () => {
    const { accessToken, refreshToken } = await registerSomebody(users);
    const first = claimsIn(accessToken);
    expect(first).toMatchObject({ sid: expect.any(String), auth_time: expect.any(Number), amr: ['pwd'] });
    const { sid, auth_time, amr } = claimsIn((await refresh(refreshToken)).accessToken);
    expect({ sid, auth_time, amr }).toEqual({ sid: first.sid, auth_time: first.auth_time, amr: ['pwd'] });
  });

  it('is refused once the token has expired', async () => {
    const { refreshToken, id } = await registerSomebody(users);
    await users.prisma.refreshToken.updateMany({
      where: { session: { userId: id } },
      data: { expiresAt: new Date(0) },
    });
    expect(await refresh(refreshToken)).toMatchObject({ code: 'SESSION_EXPIRED' });
  });

  it.each(['', 'made up', 'x'.repeat(100_000), null])('is refused for %j', async (token) => {
    expect(await refresh(token)).toMatchObject({ __typename: 'AuthRefusal', code: 'SESSION_EXPIRED' });
  });

  it('is bad input for a token that no database could hold', async () => {
    const { errors } = await users.ask(refreshMutation, { variables: { token: '\u0000' } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('shows the roles that the user has by now', async () => {
    const { refreshToken, id } = await registerSomebody(users);
    await users.app.becomeSeller(id, 'Shop');
    const { accessToken } = await refresh(refreshToken);
    expect(claimsIn(accessToken).roles).toEqual(['BUYER', 'SELLER']);
  });
});

describe('a session in cookies', () => {
  it('never shows its refresh token', async () => {
    const { email } = await registerSomebody(users);
    const { session, cookies } = await loginWithCookies(email);
    expect(session).toMatchObject({ __typename: 'AuthSession', refreshToken: null });
    expect(cookies.emporium_access).toBe(session.accessToken);
  });

  it('is refreshed by its cookie, and stays in cookies without being asked', async () => {
    const { email } = await registerSomebody(users);
    const { cookies } = await loginWithCookies(email);
    const cookie = `emporium_refresh=${cookies.emporium_refresh}`;
    const next = await refresh(null, { cookie });
    expect(next).toMatchObject({ __typename: 'AuthSession', refreshToken: null });
    expect(valuesOf(next.setCookie).emporium_refresh).toMatch(/^[\w-]{43}$/);
  });

  it('goes on in all tabs when they refresh it at once, with one token for all', async () => {
    const { email } = await registerSomebody(users);
    const { cookies } = await loginWithCookies(email);
    const cookie = `emporium_refresh=${cookies.emporium_refresh}`;
    const tabs = await Promise.all(Array.from({ length: 4 }, () => refresh(null, { cookie })));
    expect(tabs.map(({ __typename }) => __typename)).toEqual(Array(4).fill('AuthSession'));
    const [next, ...others] = new Set(tabs.map(({ setCookie }) => valuesOf(setCookie).emporium_refresh));
    expect(others).toEqual([]);
    const later = await refresh(null, { cookie: `emporium_refresh=${next}` });
    expect(later.__typename).toBe('AuthSession');
  });

  it.each([
    ['by another browser', async () => ({ 'user-agent': 'Netscape 4' })],
    [
      'when its successor was used, too',
      async (next: string) => {
        await refresh(null, { cookie: `emporium_refresh=${next}` });
        return {};
      },
    ],
    [
      'after ten seconds',
      async () => {
        await users.prisma.$executeRaw`UPDATE refresh_tokens SET used_at = used_at - interval '11 seconds'`;
        return {};
      },
    ],
  ])('ends when its token is used again %s, and clears the cookies', async (_when, meanwhile) => {
    const { email } = await registerSomebody(users);
    const { cookies } = await loginWithCookies(email);
    const cookie = `emporium_refresh=${cookies.emporium_refresh}`;
    const { setCookie } = await refresh(null, { cookie });
    const headers = await meanwhile(valuesOf(setCookie).emporium_refresh ?? '');
    const reused = await refresh(null, { cookie, ...headers });
    expect(reused).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(valuesOf(reused.setCookie)).toEqual({ emporium_access: '', emporium_refresh: '' });
  });

  it('keeps no token that could be used, nor what would make one alone', async () => {
    const { email, id } = await registerSomebody(users);
    const { cookies } = await loginWithCookies(email);
    const { setCookie } = await refresh(null, { cookie: `emporium_refresh=${cookies.emporium_refresh}` });
    const rows = await users.prisma.refreshToken.findMany({ where: { session: { userId: id } } });
    for (const token of [cookies.emporium_refresh, valuesOf(setCookie).emporium_refresh])
      expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.filter(({ successorSalt }) => successorSalt !== null)).toHaveLength(1);
  });

  it('without being asked for sets no cookie', async () => {
    const { email } = await registerSomebody(users);
    const { setCookie } = await users.ask(loginMutation, { variables: { input: { email, password } } });
    expect(setCookie).toEqual([]);
  });
});

describe('logging out', () => {
  it('with a cookie ends its session and clears the cookies', async () => {
    const { email, refreshToken } = await registerSomebody(users);
    const { cookies } = await loginWithCookies(email);
    const headers = { cookie: `emporium_refresh=${cookies.emporium_refresh}` };
    const { data, setCookie } = await logout({ headers });
    expect(data).toEqual({ logout: true });
    expect(valuesOf(setCookie)).toEqual({ emporium_access: '', emporium_refresh: '' });
    expect(await refresh(cookies.emporium_refresh ?? '')).toMatchObject({ code: 'SESSION_REVOKED' });
    expect((await refresh(refreshToken)).__typename).toBe('AuthSession');
  });

  it('with an access token ends the session that it names, and no other', async () => {
    const ada = await registerSomebody(users);
    const { data } = await users.ask(loginMutation, {
      variables: { input: { email: ada.email, password } },
    });
    const answer = await logout({ as: viewerOf(ada.accessToken) });
    expect(answer).toMatchObject({ data: { logout: true }, setCookie: [] });
    expect(await refresh(ada.refreshToken)).toMatchObject({ code: 'SESSION_REVOKED' });
    expect((await refresh(data.login.refreshToken)).__typename).toBe('AuthSession');
    expect((await logout({ as: viewerOf(ada.accessToken) })).data).toEqual({ logout: true });
    expect(await kindsOf(ada.id)).toEqual(['ACCOUNT_OPENED', 'LOGGED_IN', 'LOGGED_OUT']);
  });

  it('ends both sessions of a browser whose cookies are of two', async () => {
    const ada = await registerSomebody(users);
    const { cookies } = await loginWithCookies(ada.email);
    const headers = { cookie: `emporium_refresh=${cookies.emporium_refresh}` };
    await logout({ as: viewerOf(ada.accessToken), headers });
    for (const token of [ada.refreshToken, cookies.emporium_refresh ?? ''])
      expect(await refresh(token)).toMatchObject({ code: 'SESSION_REVOKED' });
  });

  it('with an access token that names no session ends them all', async () => {
    const { id, refreshToken } = await registerSomebody(users);
    expect((await logout({ as: { id } })).data).toEqual({ logout: true });
    expect(await refresh(refreshToken)).toMatchObject({ code: 'SESSION_REVOKED' });
  });

  it('is for somebody', async () => {
    expect((await logout({})).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
