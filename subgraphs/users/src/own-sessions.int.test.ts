import { decodeEvent, sessionsRevoked } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  claimsIn,
  loginMutation,
  password,
  refreshMutation,
  registerSomebody,
  startUsersUnderTest,
  type UsersUnderTest,
  viewerOf,
} from './users-under-test.ts';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

type Tokens = { accessToken: string; refreshToken: string };

const logIn = async (email: string, headers: Record<string, string> = {}, address?: string) => {
  const variables = { input: { email, password } };
  const { data } = await users.ask(loginMutation, { variables, headers, as: address ? { address } : {} });
  return data.login as Tokens;
};
const isAlive = async ({ refreshToken }: Tokens): Promise<boolean> => {
  const { data } = await users.ask(refreshMutation, { variables: { token: refreshToken } });
  return data.refreshSession.__typename === 'AuthSession';
};
const mySessions = async (accessToken: string, page = '') => {
  const query = `{ mySessions${page} { pageInfo { hasNextPage endCursor } edges { node {
    id device address startedAt lastUsedAt isCurrent } } } }`;
  const { data, errors } = await users.ask(query, { as: viewerOf(accessToken) });
  return { errors, pageInfo: data?.mySessions.pageInfo, sessions: data?.mySessions.edges.map(nodeOf) };
};
const nodeOf = ({ node }: { node: { id: string } }) => node;
const revoke = async (id: string, accessToken: string, headers: Record<string, string> = {}) => {
  const mutation = `mutation ($id: ID!) { revokeSession(id: $id) {
    __typename ... on Session { id isCurrent } ... on SessionRefusal { code message } } }`;
  return users.ask(mutation, { as: viewerOf(accessToken), variables: { id }, headers });
};
const logOutEverywhere = (accessToken: string) =>
  users.ask('mutation { logoutEverywhere }', { as: viewerOf(accessToken) });

const revocationsOf = async (subject: string) => {
  const rows = await users.prisma.outboxMessage.findMany({ where: { aggregateId: subject } });
  return rows
    .filter((row) => row.subject === sessionsRevoked.subject)
    .map(({ envelope }) => decodeEvent(sessionsRevoked, envelope).payload);
};
/** As a gateway judges: whether what was issued is from before a revocation of its user or session. */
const isRevoked = async (accessToken: string): Promise<boolean> => {
  const { sub, sid, iat } = claimsIn(accessToken);
  const revocations = [...(await revocationsOf(sub)), ...(await revocationsOf(sid))];
  return revocations.some(({ notBefore }) => Math.round(iat * 1000) < Date.parse(notBefore));
};

describe('the viewer’s sessions', () => {
  it('are listed, the last begun first, with what they are known again by', async () => {
    const first = await registerSomebody(users);
    await logIn(first.email, { 'user-agent': 'Netscape 4' }, '2001:db8:1:2:3:4:5:6');
    const { accessToken } = await logIn(first.email, { 'user-agent': 'Phone' });
    const { sessions } = await mySessions(accessToken);
    expect(sessions).toMatchObject([
      { id: claimsIn(accessToken).sid, device: 'Phone', address: '203.0.113.1', isCurrent: true },
      { device: 'Netscape 4', address: '2001:db8:1:2::/64', isCurrent: false },
      { id: claimsIn(first.accessToken).sid, isCurrent: false },
    ]);
    for (const { startedAt, lastUsedAt } of sessions)
      expect(Date.parse(lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(startedAt));
  });

  it('come in pages, and without those that have ended', async () => {
    const { email, accessToken: first } = await registerSomebody(users);
    const over = await logIn(email);
    const { accessToken } = await logIn(email);
    await revoke(claimsIn(over.accessToken).sid, accessToken);
    const page = await mySessions(accessToken, '(first: 1)');
    expect(page).toMatchObject({ pageInfo: { hasNextPage: true }, sessions: [{ isCurrent: true }] });
    const rest = await mySessions(accessToken, `(first: 1, after: "${page.pageInfo.endCursor}")`);
    expect(rest).toMatchObject({
      pageInfo: { hasNextPage: false },
      sessions: [{ id: claimsIn(first).sid }],
    });
  });

  it('are for who is signed in', async () => {
    const asked = ['{ mySessions { edges { cursor } } }', 'mutation { logoutEverywhere }'];
    for (const query of [...asked, 'mutation { revokeSession(id: "1") { __typename } }'])
      expect((await users.ask(query)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it.each(['(first: 0)', '(first: 1000)', '(after: "nonsense")'])('are no list for %s', async (page) => {
    const { accessToken } = await registerSomebody(users);
    expect((await mySessions(accessToken, page)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('ending one session', () => {
  it('ends it with its access tokens, and no other', async () => {
    const ada = await registerSomebody(users);
    const other = await logIn(ada.email);
    const id = claimsIn(other.accessToken).sid;
    const { data } = await revoke(id, ada.accessToken);
    expect(data.revokeSession).toEqual({ __typename: 'Session', id, isCurrent: false });
    expect([await isRevoked(other.accessToken), await isRevoked(ada.accessToken)]).toEqual([true, false]);
    expect([await isAlive(other), await isAlive(ada as Tokens)]).toEqual([false, true]);
  });

  it('answers alike for what is not there, is over, or is somebody else’s', async () => {
    const [ada, eve] = [await registerSomebody(users), await registerSomebody(users)];
    const over = claimsIn((await logIn(eve.email)).accessToken).sid;
    await revoke(over, eve.accessToken);
    const ids = [newId(), 'x', '', 'x'.repeat(1_000_000), claimsIn(ada.accessToken).sid, over];
    const answers = await Promise.all(ids.map(async (id) => (await revoke(id, eve.accessToken)).data));
    const refusal = { __typename: 'SessionRefusal', code: 'NOT_FOUND', message: expect.any(String) };
    expect(answers).toEqual(ids.map(() => ({ revokeSession: refusal })));
    expect(new Set(answers.map(({ revokeSession }) => revokeSession.message)).size).toBe(1);
    expect(await isAlive(ada as Tokens)).toBe(true);
  });

  it('happens once, also when asked for at once', async () => {
    const ada = await registerSomebody(users);
    const id = claimsIn((await logIn(ada.email)).accessToken).sid;
    const answers = await Promise.all(Array.from({ length: 4 }, () => revoke(id, ada.accessToken)));
    const ended = answers.filter(({ data }) => data.revokeSession.__typename === 'Session');
    expect(ended).toHaveLength(1);
    expect(await revocationsOf(id)).toHaveLength(1);
  });

  it('clears the cookies of the one that asks, and of no other', async () => {
    const ada = await registerSomebody(users);
    const other = claimsIn((await logIn(ada.email)).accessToken).sid;
    const cookie = { cookie: `emporium_refresh=${ada.refreshToken}` };
    expect((await revoke(other, ada.accessToken, cookie)).setCookie).toEqual([]);
    const { setCookie } = await revoke(claimsIn(ada.accessToken).sid, ada.accessToken, cookie);
    expect(setCookie.map((each) => each.split(';', 1)[0])).toEqual([
      'emporium_access=',
      'emporium_refresh=',
    ]);
  });
});

describe('ending all sessions', () => {
  it('ends those of the viewer, and nobody else’s', async () => {
    const [ada, eve] = [await registerSomebody(users), await registerSomebody(users)];
    const other = await logIn(ada.email);
    expect((await logOutEverywhere(other.accessToken)).data).toEqual({ logoutEverywhere: true });
    const tokens = [ada.accessToken, other.accessToken, eve.accessToken];
    expect(await Promise.all(tokens.map(isRevoked))).toEqual([true, true, false]);
    expect(await Promise.all([ada, other, eve].map((each) => isAlive(each as Tokens)))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('leaves a login right after it alone, however close it comes', async () => {
    const { email, accessToken } = await registerSomebody(users);
    let latest = accessToken;
    for (let times = 0; times < 5; times += 1) {
      const before = latest;
      await logOutEverywhere(before);
      latest = (await logIn(email)).accessToken;
      expect([await isRevoked(before), await isRevoked(latest)]).toEqual([true, false]);
    }
  });

  it('never leaves a session alive whose tokens are over, or the other way round', async () => {
    const { email, accessToken } = await registerSomebody(users);
    const logins = Array.from({ length: 6 }, () => logIn(email));
    const [, ...sessions] = await Promise.all([logOutEverywhere(accessToken), ...logins]);
    for (const session of sessions)
      expect(await isRevoked(session.accessToken)).toBe(!(await isAlive(session)));
  });
});

describe('ending access tokens alone', () => {
  it('leaves the sessions, whose next tokens count', async () => {
    const ada = await registerSomebody(users);
    await users.transact(({ sessions }) => sessions.revokeTokensOf(asId<'User'>(ada.id)));
    const { data } = await users.ask(refreshMutation, { variables: { token: ada.refreshToken } });
    const { accessToken } = data.refreshSession;
    expect([await isRevoked(ada.accessToken), await isRevoked(accessToken)]).toEqual([true, false]);
  });
});

describe('a refresh token used twice', () => {
  it('ends the access tokens, too', async () => {
    const ada = await registerSomebody(users);
    const next = await users.ask(refreshMutation, { variables: { token: ada.refreshToken } });
    expect(await isAlive(ada as Tokens)).toBe(false);
    expect(await isRevoked(next.data.refreshSession.accessToken)).toBe(true);
  });
});

describe('the subgraph itself', () => {
  it.each([
    ['no token', async () => ''],
    ['an access token of its own', async () => (await registerSomebody(users)).accessToken],
    ['a refresh token', async () => (await registerSomebody(users)).refreshToken],
    ['a token of no algorithm', async () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJhdWQiOiJ1c2VycyJ9.'],
  ])('answers nobody who brings %s', async (_what, token) => {
    const response = await fetch(`${users.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
      body: JSON.stringify({ query: '{ mySessions { edges { cursor } } }' }),
    });
    expect(response.status).toBe(401);
  });
});
