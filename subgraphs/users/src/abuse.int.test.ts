import { createLogger, postgresAdapter } from '@emporium/subgraph';
import { eventually, type TestDatabase, type TestRedis, testDatabase, testRedis } from '@emporium/testing';
import type { Redis } from 'ioredis';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLoginWatch } from './infrastructure/abuse/login-watch.ts';
import { PrismaClient } from './infrastructure/generated/client.ts';
import { createNoticeLimit } from './infrastructure/mail/notice-limit.ts';
import { connectRedis } from './infrastructure/redis.ts';
import {
  loginMutation,
  password,
  registerSomebody,
  registerVerified,
  startUsersUnderTest,
  type UsersUnderTest,
} from './users-under-test.ts';

let database: TestDatabase;
let server: TestRedis;
let redis: Redis;
let users: UsersUnderTest;

beforeAll(async () => {
  server = await testRedis();
  redis = connectRedis(server.url, createLogger('users', 'silent'));
  await eventually(() => redis.status === 'ready');
  database = await testDatabase('users');
  const thresholds = { failedLogins: 3, accountsOfNetwork: 4, windowSeconds: 600 };
  users = await startUsersUnderTest(database.url, { loginWatch: createLoginWatch(redis, thresholds) });
});
afterAll(async () => {
  await users.stop();
  redis.disconnect();
  await server.stop();
});

let addresses = 0;
const newAddress = () => {
  addresses += 1;
  return `198.51.100.${addresses}`;
};
const login = (email: string, attempt: string, address: string, agent = 'Firefox/130.0') =>
  users.ask(loginMutation, {
    as: { address },
    headers: { 'user-agent': agent },
    variables: { input: { email, password: attempt } },
  });
const alerts = async () => {
  const rows = await users.prisma.outboxMessage.findMany({
    where: { subject: 'emporium.users.security-alert.v1' },
    orderBy: { position: 'asc' },
  });
  return rows.map(({ envelope }) => (envelope as { payload: Record<string, unknown> }).payload);
};

describe('an attack', () => {
  it('on one account is told once in its window, and by no address or e-mail', async () => {
    const { email, id } = await registerSomebody(users);
    for (let attempt = 0; attempt < 5; attempt += 1) await login(email, 'wrong password', newAddress());
    expect((await alerts()).filter(({ userId }) => userId === id)).toEqual([
      { kind: 'FAILED_LOGINS', userId: id, count: 3, window: 600 },
    ]);
    expect(await users.prisma.securityEvent.count({ where: { userId: id, kind: 'FAILED_LOGINS' } })).toBe(
      1,
    );
  });

  it('on many accounts from one network is told once, whether they exist or not', async () => {
    const address = newAddress();
    const told = async () => (await alerts()).filter(({ kind }) => kind === 'CREDENTIAL_STUFFING');
    const before = (await told()).length;
    const { email } = await registerSomebody(users);
    await login(email, 'wrong password', address);
    await login(email, 'wrong password', address);
    for (const _ of [1, 2]) await login(`${newId()}@example.org`, 'wrong password', address);
    expect((await told()).length).toBe(before);
    for (const _ of [1, 2, 3]) await login(`${newId()}@example.org`, 'wrong password', address);
    expect((await told()).slice(before)).toEqual([{ kind: 'CREDENTIAL_STUFFING', count: 4, window: 600 }]);
  });

  it('on an account that is not there is no account’s', async () => {
    const before = (await alerts()).length;
    const email = `${newId()}@example.org`;
    for (let attempt = 0; attempt < 4; attempt += 1) await login(email, 'wrong password', newAddress());
    expect((await alerts()).length).toBe(before);
  });

  it('is seen without Redis, too', async () => {
    const lost = connectRedis('redis://127.0.0.1:1', createLogger('users', 'silent'));
    const watch = createLoginWatch(lost, { failedLogins: 2, accountsOfNetwork: 9, windowSeconds: 60 });
    const attempt = { email: 'ada@example.org', address: '198.51.100.250' };
    const told = [await watch.note(attempt), await watch.note(attempt), await watch.note(attempt)];
    lost.disconnect();
    expect(told).toEqual([[], [{ kind: 'FAILED_LOGINS', count: 2, window: 60 }], []]);
  });
});

describe('a sign-in', () => {
  const mailsTo = (userId: string) => users.mailsOf({ userId });
  const [home, agent] = ['203.0.113.1', 'Firefox/130.0 (X11)'];
  const resident = async () => {
    const { email, id } = await registerVerified(users);
    await login(email, password, home, agent);
    await users.prisma.mail.deleteMany({ where: { userId: id } });
    return { email, id };
  };

  it('that is the first is nothing to write about', async () => {
    const { id } = await registerSomebody(users);
    expect(await mailsTo(id)).toEqual([]);
  });

  it('from where the account was before, in a newer browser, neither', async () => {
    const { email, id } = await resident();
    await login(email, password, home, 'Firefox/131.2 (X11)');
    expect(await mailsTo(id)).toEqual([]);
  });

  it.each([
    ['network', '192.0.2.7', agent],
    ['device', home, 'curl/8.0'],
  ])('from a new %s is written about, once', async (_what, address, device) => {
    const { email, id } = await resident();
    await login(email, password, address, device);
    await login(email, password, address, device);
    expect(await mailsTo(id)).toMatchObject([
      { template: 'NEW_SIGN_IN', recipient: email, data: { name: 'Ada', address, device } },
    ]);
  });

  it('writes nothing to an address that nobody has proven, however new its places are', async () => {
    const { email, id } = await registerSomebody(users);
    for (const agent of ['curl/8.0', 'Opera/1.0', 'Lynx/2.8'])
      await login(email, password, newAddress(), agent);
    expect(await mailsTo(id)).toEqual([]);
    expect(await users.prisma.knownOrigin.count({ where: { userId: id } })).toBeGreaterThan(3);
  });

  it('that fails leaves nothing known', async () => {
    const { email, id } = await resident();
    await login(email, 'wrong password', '192.0.2.8');
    expect(await mailsTo(id)).toEqual([]);
    await login(email, password, '192.0.2.8', agent);
    expect(await mailsTo(id)).toHaveLength(1);
  });

  it('leaves a hundred places known at most', async () => {
    const { email, id } = await registerSomebody(users);
    await users.prisma.knownOrigin.createMany({
      data: Array.from({ length: 120 }, (_, index) => ({ userId: id, network: `n${index}`, device: '' })),
    });
    await login(email, password, home);
    expect(await users.prisma.knownOrigin.count({ where: { userId: id } })).toBe(100);
  });
});

describe('security events', () => {
  const query = `query ($first: Int, $after: String, $filter: SecurityEventFilter) {
    securityEvents(first: $first, after: $after, filter: $filter) {
      edges { node { id at kind address device user { id } detail { name value } } }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  const as = { id: newId(), roles: ['ADMIN' as const] };
  type Edges = { edges: { node: { id: string; at: string; kind: string } }[] };
  const list = async (variables: Record<string, unknown>) =>
    (await users.ask(query, { as, variables })).data.securityEvents;
  const kinds = ({ edges }: Edges) => edges.map(({ node }) => node.kind);

  const history = async () => {
    const somebody = await registerSomebody(users);
    await login(somebody.email, 'wrong password', '192.0.2.1', 'curl/8.0');
    await login(somebody.email, password, '192.0.2.1', 'curl/8.0');
    return somebody;
  };

  it('are for administrators, newest first', async () => {
    const { id } = await history();
    const events = await list({ filter: { userId: id } });
    expect(kinds(events)).toEqual(['LOGGED_IN', 'LOGIN_FAILED', 'ACCOUNT_OPENED']);
    expect(events.edges[1].node).toMatchObject({
      address: '192.0.2.1',
      device: 'curl/8.0',
      user: { id },
      detail: [{ name: 'refusal', value: 'INVALID_CREDENTIALS' }],
    });
  });

  it('are for nobody else', async () => {
    const { errors: stranger } = await users.ask(query, { as: { id: newId() } });
    expect(stranger?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const { errors: nobody } = await users.ask(query);
    expect(nobody?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  it('come in pages without gaps or repeats, also of one instant', async () => {
    const userId = newId();
    const at = new Date('2026-01-01T00:00:00Z');
    const rows = Array.from({ length: 7 }, () => ({ id: newId(), kind: 'LOGGED_IN', userId, at }));
    await users.prisma.securityEvent.createMany({ data: rows });
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { edges, pageInfo } = await list({ first: 3, after, filter: { userId } });
      found.push(...(edges as Edges['edges']).map(({ node }) => node.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(rows.map(({ id }) => id).toReversed());
  });

  it('can be found by kind and time', async () => {
    const { id: userId } = await history();
    expect(kinds(await list({ filter: { userId, kind: 'LOGIN_FAILED' } }))).toEqual(['LOGIN_FAILED']);
    const { edges } = await list({ filter: { userId } });
    const [newest, middle] = (edges as Edges['edges']).map(({ node }) => node.at);
    expect(kinds(await list({ filter: { userId, from: newest } }))).toContain('LOGGED_IN');
    expect(kinds(await list({ filter: { userId, to: middle } }))).not.toContain('LOGIN_FAILED');
  });

  it.each([
    ['a foreign cursor', { after: 'bm90IG91cnM' }],
    ['a page of 1,000', { first: 1000 }],
    ['an unknown kind', { filter: { kind: 'NOTHING' } }],
    [
      'a time that ends before it begins',
      { filter: { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' } },
    ],
  ])('refuse %s', async (_what, variables) => {
    const { errors } = await users.ask(query, { as, variables });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('of an id that is none are none', async () => {
    expect(await list({ filter: { userId: "'; DROP TABLE users; --" } })).toMatchObject({ edges: [] });
    expect(await list({ filter: { from: '0001-01-01T00:00:00Z', userId: newId() } })).toMatchObject({
      edges: [],
    });
  });

  it('of an account are for its owner', async () => {
    const { id } = await history();
    const own = '{ me { securityEvents(first: 2) { edges { node { kind } } } } }';
    const { data } = await users.ask(own, { as: { id } });
    expect(kinds(data.me.securityEvents)).toEqual(['LOGGED_IN', 'LOGIN_FAILED']);
  });

  it('of an account are null to strangers, by whatever path', async () => {
    const { id } = await history();
    const { data } = await users.ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { securityEvents { edges { node { kind } } } } } }`,
      { as: { id: newId() }, variables: { of: [{ __typename: 'User', id }] } },
    );
    expect(data._entities).toEqual([{ securityEvents: null }]);
  });
});

describe('retention', () => {
  it('is the owner’s of the tables alone, and never shorter than a month', async () => {
    const [old, young] = [newId(), newId()];
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    await users.prisma.securityEvent.createMany({
      data: [
        { id: old, kind: 'LOGGED_IN', at: daysAgo(400) },
        { id: young, kind: 'LOGGED_IN', at: daysAgo(300) },
      ],
    });
    await expect(users.prisma.$queryRaw`SELECT prune_security_events('365 days')`).rejects.toThrow(
      /permission denied/,
    );
    const owner = new PrismaClient({ adapter: postgresAdapter(database.ownerUrl, 'users', 1) });
    await expect(owner.$queryRaw`SELECT prune_security_events('1 day')`).rejects.toThrow(/30 days/);
    await owner.$queryRaw`SELECT prune_security_events('365 days')`;
    await owner.$disconnect();
    const left = await users.prisma.securityEvent.findMany({ where: { id: { in: [old, young] } } });
    expect(left.map(({ id }) => id)).toEqual([young]);
  });
});

it('so many notices of one kind go to one address in an hour, and every link', async () => {
  const mayWrite = createNoticeLimit(redis, 2);
  const ask = (recipient: string, template: string, times: number) =>
    Promise.all(Array.from({ length: times }, () => mayWrite({ recipient, template })));
  const granted = async (...asking: Parameters<typeof ask>) =>
    (await ask(...asking)).filter(Boolean).length;
  expect(await granted('ada@example.org', 'NEW_SIGN_IN', 5)).toBe(2);
  expect(await granted('ada@example.org', 'PASSWORD_CHANGED', 1)).toBe(1);
  expect(await granted('eve@example.org', 'NEW_SIGN_IN', 1)).toBe(1);
  expect(await granted('ada@example.org', 'RESET_PASSWORD', 5)).toBe(5);
});
