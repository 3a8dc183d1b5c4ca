import { decodeEvent, sellerChanged, sessionsRevoked } from '@emporium/contracts';
import type { Viewer } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { decodeJwt } from 'jose';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  password,
  refreshMutation,
  registerSomebody,
  startUsersUnderTest,
  type UsersUnderTest,
} from './users-under-test.ts';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url, { sellerApproval: 'manual' });
});
afterAll(() => users.stop());

type Person = Awaited<ReturnType<typeof registerSomebody>>;
type As = {
  id?: string;
  roles?: ('BUYER' | 'SELLER' | 'ADMIN')[];
  session?: NonNullable<Viewer['session']>;
};

const provenAgo = (seconds: number): NonNullable<Viewer['session']> => ({
  id: newId(),
  authenticatedAt: Math.floor(Date.now() / 1000) - seconds,
  methods: ['pwd'],
  hasSecondFactor: false,
});
const admin: As = { id: newId(), roles: ['BUYER', 'ADMIN'], session: provenAgo(0) };
const reason = 'Sold fakes.';

/** Somebody whose e-mail address is proven. */
const verified = async (): Promise<Person> => {
  const person = await registerSomebody(users);
  await users.prisma.user.update({ where: { id: person.id }, data: { emailVerifiedAt: new Date(0) } });
  return person;
};

const result = '__typename ... on Seller { id status reason } ... on SellerRefusal { code }';
const apply = (as: As, displayName = 'Lovelace & Co') =>
  users.ask(`mutation ($input: BecomeSellerInput!) { becomeSeller(input: $input) { ${result} } }`, {
    as,
    variables: { input: { displayName } },
  });

type Decision = 'approveSeller' | 'rejectSeller' | 'suspendSeller' | 'reinstateSeller';
const decide = async (decision: Decision, id: string, as = admin, why = reason) => {
  const takesReason = decision === 'rejectSeller' || decision === 'suspendSeller';
  const [declared, given] = takesReason ? [', $reason: String!', ', reason: $reason'] : ['', ''];
  const { data, errors } = await users.ask(
    `mutation ($id: ID!${declared}) { outcome: ${decision}(sellerId: $id${given}) { ${result} } }`,
    { as, variables: { id, ...(takesReason && { reason: why }) } },
  );
  return data?.outcome ?? errors?.[0]?.extensions;
};

const setDeactivated = (id: string, deactivatedAt: Date | null) =>
  users.prisma.user.update({ where: { id }, data: { deactivatedAt } });

it('nobody is approved whose account is closed', async () => {
  const person = await verified();
  await apply(person);
  await setDeactivated(person.id, new Date(0));
  expect(await decide('approveSeller', person.id)).toMatchObject({ code: 'NOT_FOUND' });
  await setDeactivated(person.id, null);
  expect(await decide('approveSeller', person.id)).toMatchObject({ status: 'ACTIVE' });
});

const selling = async (): Promise<Person> => {
  const person = await verified();
  await apply(person);
  await decide('approveSeller', person.id);
  return person;
};

it('nobody is reinstated whose account is closed or deleted', async () => {
  const person = await selling();
  await decide('suspendSeller', person.id);
  await setDeactivated(person.id, new Date(0));
  expect(await decide('reinstateSeller', person.id)).toMatchObject({ code: 'NOT_FOUND' });
  await setDeactivated(person.id, null);
  expect(await decide('reinstateSeller', person.id)).toMatchObject({ status: 'ACTIVE' });
  await decide('suspendSeller', person.id);
  await users.prisma.user.update({ where: { id: person.id }, data: { deletedAt: new Date() } });
  expect(await decide('reinstateSeller', person.id)).toMatchObject({ code: 'NOT_FOUND' });
});

it('each decision may be made again, with the same answer', async () => {
  const person = await verified();
  await apply(person);
  for (const decision of ['approveSeller', 'suspendSeller', 'reinstateSeller'] as const) {
    const once = await decide(decision, person.id);
    expect(once.code).toBeUndefined();
    expect(await decide(decision, person.id)).toEqual(once);
  }
});

const outbox = (aggregateId: string, subject: string) =>
  users.prisma.outboxMessage.findMany({ where: { aggregateId, subject }, orderBy: { position: 'asc' } });
const told = async (id: string) =>
  (await outbox(id, sellerChanged.subject)).map(({ envelope }) => {
    const { active, version } = decodeEvent(sellerChanged, envelope).payload;
    return [active, version];
  });
const revoked = async (id: string) =>
  (await outbox(id, sessionsRevoked.subject)).map(
    ({ envelope }) => decodeEvent(sessionsRevoked, envelope).payload,
  );
const rolesOf = async (id: string) => (await users.prisma.user.findUniqueOrThrow({ where: { id } })).roles;

describe('an application to sell', () => {
  it('waits for an administrator, and gives no role', async () => {
    const { id } = await verified();
    expect((await apply({ id })).data.becomeSeller).toEqual({
      __typename: 'Seller',
      id,
      status: 'PENDING',
      reason: null,
    });
    expect(await told(id)).toEqual([[false, 1]]);
    expect(await rolesOf(id)).toEqual(['BUYER']);
    expect((await apply({ id })).data.becomeSeller).toMatchObject({ code: 'ALREADY_APPLIED' });
  });

  it('is not taken from an account that is not verified', async () => {
    const { id } = await registerSomebody(users);
    expect((await apply({ id })).data.becomeSeller).toMatchObject({ code: 'EMAIL_NOT_VERIFIED' });
    expect(await told(id)).toEqual([]);
  });

  it('that is approved gives the role SELLER, in the next access token', async () => {
    const { id, refreshToken } = await selling();
    expect(await told(id)).toEqual([
      [false, 1],
      [true, 2],
    ]);
    expect(await revoked(id)).toEqual([]);
    const { data } = await users.ask(refreshMutation, { variables: { token: refreshToken } });
    expect(decodeJwt(data.refreshSession.accessToken).roles).toEqual(['BUYER', 'SELLER']);
  });

  it('is approved once, however many approve it at once', async () => {
    const { id } = await verified();
    await apply({ id });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => decide('approveSeller', id)));
    expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('ACTIVE'));
    expect(await told(id)).toHaveLength(2);
    expect(await rolesOf(id)).toEqual(['BUYER', 'SELLER']);
  });

  it('that is rejected says why, and may be made again', async () => {
    const { id } = await verified();
    await apply({ id });
    expect(await decide('rejectSeller', id, admin, ' No \n imprint. ')).toMatchObject({
      status: 'REJECTED',
      reason: 'No imprint.',
    });
    expect(await decide('approveSeller', id)).toMatchObject({ code: 'NOT_PENDING' });
    expect((await apply({ id }, 'Ada')).data.becomeSeller).toMatchObject({
      status: 'PENDING',
      reason: null,
    });
    expect(await told(id)).toEqual([
      [false, 1],
      [false, 2],
      [false, 3],
    ]);
    expect(await rolesOf(id)).toEqual(['BUYER']);
  });
});

describe('a suspension', () => {
  it('takes the role away from every token, and is told of', async () => {
    const { id, refreshToken } = await selling();
    expect(await decide('suspendSeller', id)).toMatchObject({ status: 'SUSPENDED', reason });
    expect((await told(id)).at(-1)).toEqual([false, 3]);
    expect(await rolesOf(id)).toEqual(['BUYER']);
    const [revocation, ...others] = await revoked(id);
    expect(others).toEqual([]);
    expect(revocation?.subject).toBe(id);
    const { data } = await users.ask(refreshMutation, { variables: { token: refreshToken } });
    const { roles, iat = 0 } = decodeJwt(data.refreshSession.accessToken);
    expect(roles).toEqual(['BUYER']);
    expect(Date.parse(revocation?.notBefore ?? '')).toBeLessThanOrEqual(Math.round(iat * 1000));
  });

  it('happens once, and ends with a reinstatement', async () => {
    const { id } = await selling();
    await Promise.all([decide('suspendSeller', id), decide('suspendSeller', id)]);
    expect(await told(id)).toHaveLength(3);
    expect(await revoked(id)).toHaveLength(1);
    expect((await apply({ id })).data.becomeSeller).toMatchObject({ code: 'ALREADY_A_SELLER' });
    expect(await decide('approveSeller', id)).toMatchObject({ code: 'NOT_PENDING' });
    expect(await decide('reinstateSeller', id)).toMatchObject({ status: 'ACTIVE', reason: null });
    expect((await told(id)).at(-1)).toEqual([true, 4]);
    expect(await rolesOf(id)).toEqual(['BUYER', 'SELLER']);
  });

  it('needs a proof of late of the administrator, and no more says who sells than before', async () => {
    const { id } = await selling();
    const asked = (as: As) => decide('suspendSeller', id, as);
    expect(await asked({ ...admin, session: provenAgo(601) })).toMatchObject({ code: 'STEP_UP_REQUIRED' });
    expect(await asked({ id: newId(), roles: ['BUYER'] })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await asked(admin)).toMatchObject({ status: 'SUSPENDED' });
  });

  it('is not for who does not sell', async () => {
    const { id } = await verified();
    await apply({ id });
    expect(await decide('suspendSeller', id)).toMatchObject({ code: 'NOT_ACTIVE' });
    expect(await decide('reinstateSeller', id)).toMatchObject({ code: 'NOT_SUSPENDED' });
    expect(await told(id)).toHaveLength(1);
  });
});

it('who decided what about whom is kept for good, once each', async () => {
  const { id } = await selling();
  await decide('suspendSeller', id);
  await decide('suspendSeller', id);
  await decide('reinstateSeller', id);
  const events = await users.prisma.securityEvent.findMany({
    where: { userId: id, kind: { startsWith: 'SELLER_' } },
    orderBy: { id: 'asc' },
  });
  expect(events.map(({ kind, detail }) => [kind, detail])).toEqual([
    ['SELLER_APPLIED', { by: id }],
    ['SELLER_APPROVED', { by: admin.id }],
    ['SELLER_SUSPENDED', { by: admin.id }],
    ['SELLER_REINSTATED', { by: admin.id }],
  ]);
  const seen = events.map(({ address, device }) => [address, device]);
  expect(seen[0]).toEqual(['203.0.113.1', expect.any(String)]);
  expect(seen.slice(1)).toEqual(Array(3).fill([null, null]));
});

describe('deciding about sellers', () => {
  const decisions = ['approveSeller', 'rejectSeller', 'suspendSeller', 'reinstateSeller'] as const;

  it.each(decisions)('%s is for administrators: to others there is no such seller', async (decision) => {
    const { id } = await verified();
    await apply({ id });
    for (const roles of [['BUYER'], ['BUYER', 'SELLER']] as const) {
      for (const viewer of [id, newId()]) {
        expect(await decide(decision, id, { id: viewer, roles: [...roles] })).toMatchObject({
          code: 'NOT_FOUND',
        });
      }
    }
    expect(await decide(decision, id, {})).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await told(id)).toHaveLength(1);
  });

  it.each(decisions)('%s finds nobody who never applied', async (decision) => {
    const { id } = await registerSomebody(users);
    for (const unknown of [id, newId(), 'nobody', 'x'.repeat(10_000)]) {
      expect(await decide(decision, unknown)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it.each(['', ' ', 'x'.repeat(501), 'a\u202eb', 'ﷺ'.repeat(300_000)])(
    'needs a reason that can be shown: %#',
    async (why) => {
      const { id } = await selling();
      for (const decision of ['rejectSeller', 'suspendSeller'] as const) {
        expect(await decide(decision, id, admin, why)).toEqual({ code: 'BAD_USER_INPUT', field: 'reason' });
      }
      expect(await told(id)).toHaveLength(2);
    },
  );
});

describe('a seller is seen', () => {
  const seen = async (id: string, as: As) => {
    const { data } = await users.ask(
      `query ($seller: [_Any!]!, $user: [_Any!]!) {
        seller: _entities(representations: $seller) { ... on Seller { displayName status reason appliedAt user { id email } } }
        user: _entities(representations: $user) { ... on User { seller { status } } }
      }`,
      {
        as,
        variables: { seller: [{ __typename: 'Seller', id }], user: [{ __typename: 'User', id }] },
      },
    );
    return [data.seller[0], data.user[0]?.seller ?? null];
  };

  it('in full by themself and administrators, by name alone by others, an application not at all', async () => {
    const { id, email } = await verified();
    const full = (status: string, why: string | null) => [
      {
        displayName: 'Lovelace & Co',
        status,
        reason: why,
        appliedAt: expect.stringMatching(/Z$/),
        user: { id, email },
      },
      { status },
    ];
    const name = { displayName: 'Lovelace & Co', status: null, reason: null, appliedAt: null, user: null };
    const others: As[] = [{}, { id: newId() }, { id: newId(), roles: ['BUYER', 'SELLER'] }];

    await apply({ id });
    for (const as of [{ id }, admin]) expect(await seen(id, as)).toEqual(full('PENDING', null));
    for (const as of others) expect(await seen(id, as)).toEqual([null, null]);
    await decide('rejectSeller', id);
    for (const as of [{ id }, admin]) expect(await seen(id, as)).toEqual(full('REJECTED', reason));
    for (const as of others) expect(await seen(id, as)).toEqual([null, null]);
    await apply({ id });
    await decide('approveSeller', id);
    for (const as of others) expect(await seen(id, as)).toEqual([name, null]);
    await decide('suspendSeller', id);
    for (const as of [{ id }, admin]) expect(await seen(id, as)).toEqual(full('SUSPENDED', reason));
    for (const as of others) expect(await seen(id, as)).toEqual([name, null]);
  });

  it('by themself with the answer that signs them in', async () => {
    const { id, email } = await verified();
    await apply({ id });
    const { data } = await users.ask(
      `mutation ($input: LoginInput!) { login(input: $input) {
        ... on AuthSession { user { seller { status appliedAt user { email } } } } } }`,
      { variables: { input: { email, password } } },
    );
    expect(data.login.user.seller).toEqual({
      status: 'PENDING',
      appliedAt: expect.any(String),
      user: { email },
    });
  });

  it('as they are after each of two changes in one request', async () => {
    const { id } = await selling();
    const { data } = await users.ask(
      `mutation ($id: ID!) {
        one: suspendSeller(sellerId: $id, reason: "x") { ... on Seller { user { seller { status } } } }
        two: reinstateSeller(sellerId: $id) { ... on Seller { user { seller { status } } } }
      }`,
      { as: admin, variables: { id } },
    );
    expect([data.one, data.two]).toEqual(
      ['SUSPENDED', 'ACTIVE'].map((status) => ({ user: { seller: { status } } })),
    );
  });
});

describe('the list of applications', () => {
  const list = (as: As, variables: Record<string, unknown>) =>
    users.ask(
      `query ($first: Int, $after: String, $status: SellerStatus) {
        sellerApplications(first: $first, after: $after, status: $status) {
          edges { node { id displayName status } } pageInfo { hasNextPage endCursor }
        }
      }`,
      { as, variables },
    );

  /** Every page of the list, joined. */
  const all = async (status?: string) => {
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await list(admin, { first: 2, after, status });
      const { edges, pageInfo } = data.sellerApplications;
      ids.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    return ids;
  };

  it('shows each once, the oldest first, and those of one status', async () => {
    const people = [await verified(), await verified(), await verified()];
    // All at one moment, as imports may be: nobody is lost between two pages.
    const at = '2000-01-31T00:00:00.000Z';
    for (const person of people) await apply(person);
    const ids = people.map(({ id }) => id);
    await users.prisma.seller.updateMany({ where: { id: { in: ids } }, data: { appliedAt: at } });
    const [first = '', second = ''] = ids;
    await decide('approveSeller', first);
    await decide('rejectSeller', second);
    const everyone = await all();
    expect(new Set(everyone).size).toBe(everyone.length);
    expect(everyone.slice(0, 3)).toEqual(ids.toSorted());
    const pending = await all('PENDING');
    expect(pending.filter((id) => ids.includes(id))).toEqual([ids[2]]);
    expect((await all('REJECTED')).filter((id) => ids.includes(id))).toEqual([second]);
  });

  it('is for administrators', async () => {
    const { id } = await selling();
    for (const as of [{ id }, { id, roles: ['BUYER', 'SELLER'] }] satisfies As[]) {
      const { data, errors } = await list(as, {});
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    expect((await list({}, {})).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it.each([
    { first: 0 },
    { first: 101 },
    { after: 'nonsense' },
    { after: Buffer.from('["2026-99-99T00:00:00.000Z","x"]').toString('base64url') },
    { after: Buffer.from('["2026-01-31T00:00:00.000Z"]').toString('base64url') },
  ])('refuses %o', async (variables) => {
    expect((await list(admin, variables)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});
