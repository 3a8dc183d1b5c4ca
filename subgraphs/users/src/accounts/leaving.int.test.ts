import { sellerChanged, userDeleted } from '@emporium/contracts';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { erasedTables } from '../infrastructure/accounts/erase-account.ts';
import { leftOutTables, shownTables } from '../infrastructure/accounts/prisma-personal-data.ts';
import {
  password,
  refreshMutation,
  startUsersUnderTest,
  type UsersUnderTest,
} from '../users-under-test.ts';
import { accountSteps } from './account-steps.ts';

let users: UsersUnderTest;
const steps = accountSteps(() => users);
const {
  ask,
  deactivate,
  eventsOf,
  liveSessionsOf,
  logIn,
  session,
  proven,
  somebody,
  templatesTo,
  told,
  tokenFor,
} = steps;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

describe('a deactivated account', () => {
  it('has no session, and comes back by the link that a login is answered with', async () => {
    const { id, email, refreshToken } = await proven();
    expect(await deactivate(id)).toMatchObject({ id });
    expect(await liveSessionsOf(id)).toBe(0);
    const { data } = await users.ask(refreshMutation, { variables: { token: refreshToken } });
    expect(data.refreshSession.code).toBe('SESSION_REVOKED');
    expect(await logIn(email, 'not the password')).toBe('INVALID_CREDENTIALS');
    expect(await logIn(email, password)).toBe('ACCOUNT_DEACTIVATED');
    expect(await templatesTo(email)).toEqual(['ACCOUNT_DEACTIVATED', 'REACTIVATE']);
    const token = await tokenFor(email, 'REACTIVATE');
    expect(await ask(`reactivateAccount(token: "${token}")`)).toMatchObject({ id });
    expect(await ask(`reactivateAccount(token: "${token}")`)).toBe('TOKEN_INVALID');
    expect(await logIn(email, password)).toBe('AuthSession');
    expect(await eventsOf(id)).toEqual(
      expect.arrayContaining(['ACCOUNT_DEACTIVATED', 'ACCOUNT_REACTIVATED']),
    );
  });

  it('comes back by an administrator, and by nobody else', async () => {
    const { id, email } = await proven();
    await deactivate(id);
    expect(await ask(`restoreAccount(userId: "${id}")`, { id })).toBe('FORBIDDEN');
    expect(await ask(`restoreAccount(userId: "${id}")`)).toBe('UNAUTHENTICATED');
    const administrator = { id: newId(), roles: ['ADMIN'] as const, session: session() };
    const unproven = { ...administrator, session: session(601) };
    expect(await ask(`restoreAccount(userId: "${id}")`, unproven)).toBe('STEP_UP_REQUIRED');
    expect(await ask(`restoreAccount(userId: "${newId()}")`, administrator)).toBe('NOT_FOUND');
    expect(await ask(`restoreAccount(userId: "x")`, administrator)).toBe('NOT_FOUND');
    expect(await ask(`restoreAccount(userId: "${id}")`, administrator)).toMatchObject({ id, email });
    expect(
      await users.prisma.securityEvent.findMany({ where: { userId: id, kind: 'ACCOUNT_REACTIVATED' } }),
    ).toMatchObject([{ address: null, detail: { by: administrator.id } }]);
    expect(await templatesTo(email)).toEqual(['ACCOUNT_DEACTIVATED', 'ACCOUNT_RESTORED']);
    expect(await logIn(email, password)).toBe('AuthSession');
  });

  it('is not had by who holds an old token alone', async () => {
    const { id, email } = await somebody();
    expect(await deactivate(id, 601)).toBe('STEP_UP_REQUIRED');
    expect(await logIn(email, password)).toBe('AuthSession');
  });

  it('is not had by a seller whose shop is open: somebody must send what is bought', async () => {
    const { id } = await somebody();
    const apply = 'mutation { becomeSeller(input: { displayName: "Potter" }) { __typename } }';
    await users.prisma.user.update({ where: { id }, data: { emailVerifiedAt: new Date() } });
    await users.ask(apply, { as: { id } });
    await users.prisma.seller.update({ where: { id }, data: { status: 'ACTIVE' } });
    expect(await deactivate(id)).toBe('SHOP_OPEN');
    expect(await liveSessionsOf(id)).toBe(1);
  });

  it('never has a session that a login began while it was deactivated', async () => {
    const { id, email } = await somebody();
    await Promise.all([logIn(email, password), deactivate(id), logIn(email, password)]);
    expect(await liveSessionsOf(id)).toBe(0);
  });
});

const exported = async (id: string, secondsAgo = 0) => {
  const { data, errors } = await users.ask('mutation { exportMyData { json at } }', {
    as: { id, session: session(secondsAgo) },
  });
  return { document: data && JSON.parse(data.exportMyData.json), errors };
};

describe('an export', () => {
  it('tells what is held, and no secret', async () => {
    const { id, email, refreshToken } = await somebody();
    const { document } = await exported(id);
    expect(document.account).toMatchObject([{ id, email, name: 'Ada', roles: ['BUYER'] }]);
    expect(document.sessions).toMatchObject([{ address: '203.0.113.1' }]);
    expect(document.securityEvents).toMatchObject([{ kind: 'ACCOUNT_OPENED' }, { kind: 'DATA_EXPORTED' }]);
    const text = JSON.stringify(document);
    expect(text).not.toMatch(/argon2|fingerprint/);
    expect(text).not.toContain(refreshToken);
    expect((await exported(id, 3600)).errors).toMatchObject([{ extensions: { code: 'STEP_UP_REQUIRED' } }]);
    expect((await exported(newId())).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('tells the addresses as they were given, sealed or from before', async () => {
    const { id } = await somebody();
    const said = { name: 'Ada', line1: '1 St James', city: 'London', country: 'GB', phone: null };
    await users.prisma.address.create({
      data: { ...said, postalCode: 'SW1A 1AA', id: newId(), userId: id },
    });
    await users.app.addAddress(id, { ...said, line2: 'Flat 3', region: null, postalCode: 'SW1A 2AA' });
    const { document } = await exported(id);
    const [before, sealed] = [...document.addresses].sort((one, other) =>
      one.postal_code.localeCompare(other.postal_code),
    );
    expect(before).toMatchObject({ ...said, line2: null, postal_code: 'SW1A 1AA' });
    expect(sealed).toMatchObject({ ...said, line2: 'Flat 3', postal_code: 'SW1A 2AA' });
    expect(Object.keys(sealed).sort()).toEqual(Object.keys(before).sort());
    expect(JSON.stringify(document)).not.toContain('s1.');
  });

  it('and erasing have a word for every table that names a user', async () => {
    const rows = await users.prisma.$queryRaw<{ table: string }[]>`
      SELECT table_name AS table FROM information_schema.columns
      WHERE table_schema = current_schema() AND column_name = 'user_id' ORDER BY 1`;
    const tables = rows.map(({ table }) => table);
    const shown = Object.values(shownTables).map(({ table }) => table);
    const hasWord = (of: readonly string[]) => (table: string) => of.includes(table);
    expect(tables.filter((table) => !hasWord([...shown, ...leftOutTables])(table))).toEqual([]);
    const byProfile = ['addresses', 'preferences', 'wishlist_items', 'avatars', 'avatar_uploads'];
    const staying = ['security_events'];
    expect(tables.filter((table) => !hasWord([...erasedTables, ...byProfile, ...staying])(table))).toEqual(
      [],
    );
  });
});

const remove = (id: string, word = password) => ask(`deleteAccount(password: "${word}")`, { id });

describe('a deleted account', () => {
  it('leaves nothing of the person, and the others hear of it', async () => {
    const { id, email } = await proven();
    await users.ask('mutation ($email: String!) { requestPasswordReset(email: $email) }', {
      variables: { email },
    });
    expect(await remove(id)).toMatchObject({ id });
    expect(await told(userDeleted, id)).toEqual([{ userId: id }]);
    expect(await templatesTo(email)).toEqual(['ACCOUNT_DELETED']);
    expect(await logIn(email, password)).toBe('INVALID_CREDENTIALS');
    await users.prisma.mail.deleteMany({ where: { recipient: email } });
    const tables = await users.prisma.$queryRaw<{ table: string }[]>`
      SELECT table_name AS table FROM information_schema.tables
      WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`;
    for (const { table } of tables) {
      const found = await users.prisma.$queryRawUnsafe<unknown[]>(
        `SELECT 1 FROM "${table}" held WHERE to_jsonb(held)::text LIKE '%' || $1 || '%'`,
        email,
      );
      expect({ table, found: found.length }).toEqual({ table, found: 0 });
    }
    expect(await users.prisma.user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      name: 'Deleted account',
      email: expect.stringMatching(/@deleted\.invalid$/),
      roles: [],
    });
    expect(await users.prisma.securityEvent.count({ where: { userId: id, address: { not: null } } })).toBe(
      0,
    );
    expect(await eventsOf(id)).toContain('ACCOUNT_DELETED');
  });

  it('is nobody’s, but has a name for those who bought of it or sold to it', async () => {
    const [{ id }, eve] = [await somebody(), await somebody()];
    await remove(id);
    expect((await users.ask('{ me { id } }', { as: { id } })).data).toEqual({ me: null });
    expect(await remove(id)).toBe('UNAUTHENTICATED');
    expect(await deactivate(id)).toBe('UNAUTHENTICATED');
    const variables = { ids: [{ __typename: 'User', id }] };
    const query =
      'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on User { name email } } }';
    const { data } = await users.ask(query, { as: { id: eve.id }, variables });
    expect(data._entities).toEqual([{ name: 'Deleted account', email: null }]);
  });

  it('leaves its address to whoever registers it next', async () => {
    const { id, email } = await somebody();
    await remove(id);
    const { data } = await users.ask(
      'mutation ($input: RegisterInput!) { register(input: $input) { ... on AuthSession { user { id } } } }',
      { variables: { input: { email, password, name: 'Eve' } } },
    );
    expect(data.register.user.id).not.toBe(id);
  });

  it('takes the password', async () => {
    const { id, email } = await somebody();
    expect(await remove(id, 'not the password')).toBe('WRONG_PASSWORD');
    expect(await logIn(email, password)).toBe('AuthSession');
    expect(await told(userDeleted, id)).toEqual([]);
  });

  it('is deleted once, however often that is asked at once', async () => {
    const { id } = await somebody();
    await Promise.all([remove(id), remove(id), remove(id)]);
    expect(await told(userDeleted, id)).toHaveLength(1);
  });

  it('does not sell: a shop is closed before, and loses its name with its owner', async () => {
    const { id } = await somebody();
    await users.app.becomeSeller(id, 'Lovelace & Co');
    expect(await remove(id)).toBe('SHOP_OPEN');
    await users.prisma
      .$executeRaw`UPDATE sellers SET status = 'SUSPENDED', status_reason = 'Away' WHERE id = ${id}`;
    expect(await remove(id)).toMatchObject({ id });
    expect((await told(sellerChanged, id)).at(-1)).toMatchObject({
      displayName: 'Closed shop',
      active: false,
      version: 2,
    });
  });
});
