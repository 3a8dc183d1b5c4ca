import type { Viewer } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  password,
  refreshMutation,
  registerMutation,
  startUsersUnderTest,
  type UsersUnderTest,
} from '../users-under-test.ts';
import { accountSteps } from './account-steps.ts';

let users: UsersUnderTest;
const steps = accountSteps(() => users);
const { ask, eventsOf, liveSessionsOf, logIn, mailsTo, newEmail, proven, somebody, templatesTo, tokenFor } =
  steps;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const next = 'quite unrelated words';
const forgot = async (email: string, address?: string) =>
  await users.ask('mutation ($email: String!) { requestPasswordReset(email: $email) }', {
    ...(address !== undefined && { as: { address } }),
    variables: { email },
  });
const reset = (token: string, newPassword = next) =>
  ask(`resetPassword(input: { token: "${token}", newPassword: ${JSON.stringify(newPassword)} })`);
const change = (id: string, currentPassword: string, newPassword: string, as: Partial<Viewer> = {}) =>
  ask(
    `changePassword(input: { currentPassword: ${JSON.stringify(currentPassword)}, newPassword: ${JSON.stringify(newPassword)} })`,
    { id, ...as },
  );

describe('a forgotten password', () => {
  it('is replaced by a mailed token: all sessions end, and the owner is told', async () => {
    const { id, email, refreshToken } = await somebody();
    expect((await forgot(` ${email.toUpperCase()}`)).data).toEqual({ requestPasswordReset: true });
    expect(await reset(await tokenFor(email, 'RESET_PASSWORD'))).toMatchObject({
      id,
      emailVerified: true,
    });
    expect(await logIn(email, password)).toBe('INVALID_CREDENTIALS');
    expect(await logIn(email, next)).toBe('AuthSession');
    const { data } = await users.ask(refreshMutation, { variables: { token: refreshToken } });
    expect(data.refreshSession.code).toBe('SESSION_REVOKED');
    expect(await templatesTo(email)).toEqual(['RESET_PASSWORD', 'ACCOUNT_RECLAIMED', 'PASSWORD_CHANGED']);
    expect(await eventsOf(id)).toEqual(
      expect.arrayContaining(['PASSWORD_RESET_REQUESTED', 'PASSWORD_RESET']),
    );
    expect((await users.ask('{ me { emailVerified } }', { as: { id } })).data.me.emailVerified).toBe(true);
  });

  it('is answered alike and mailed alike where there is no account', async () => {
    const { email } = await somebody();
    const stranger = newEmail();
    const [known, unknown] = [await forgot(email), await forgot(stranger)];
    expect(unknown).toEqual(known);
    expect(await templatesTo(stranger)).toEqual(['NO_ACCOUNT']);
    expect(JSON.stringify(await mailsTo(stranger))).not.toContain('token');
    expect(await users.prisma.oneTimeToken.count({ where: { email: stranger } })).toBe(0);
  });

  it('has a link of each network that asks: a stranger ends none, and using one ends all', async () => {
    const { email } = await somebody();
    const asked = async (address: string) => {
      await forgot(email, address);
      return tokenFor(email, 'RESET_PASSWORD');
    };
    const older = await asked('198.51.100.1');
    const own = await asked('198.51.100.1');
    const strangers = await asked('203.0.113.9');
    expect(await reset(older)).toBe('TOKEN_INVALID');
    expect(await reset(own)).toMatchObject({ email });
    expect(await reset(strangers)).toBe('TOKEN_INVALID');
  });

  it('is replaced once, by one of two who come at once', async () => {
    const { email } = await somebody();
    await forgot(email);
    const token = await tokenFor(email, 'RESET_PASSWORD');
    const words = ['first of some words', 'second of some words', 'third of some words'];
    const answers = await Promise.all(words.map((word) => reset(token, word)));
    expect(answers.filter((answer) => answer === 'TOKEN_INVALID')).toHaveLength(2);
    const outcomes = await Promise.all(words.map((word) => logIn(email, word)));
    expect(outcomes.filter((outcome) => outcome === 'AuthSession')).toHaveLength(1);
    expect(await reset(token)).toBe('TOKEN_INVALID');
  });

  it('stays when the new one cannot be, and the token stays good', async () => {
    const { email } = await somebody();
    await forgot(email);
    const token = await tokenFor(email, 'RESET_PASSWORD');
    for (const word of ['password123', 'short', '語'.repeat(200), 'x'.repeat(1_000_000), email])
      expect(await reset(token, word)).toBe('BAD_USER_INPUT input.newPassword');
    expect(await reset(token)).toMatchObject({ email });
  });

  it.each(['ada@exаmple.org', 'аda@example.org', 'x'.repeat(1_000_000), 'ada'])(
    'is not asked for with %j, which no account can have',
    async (email) => {
      expect((await forgot(email)).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', field: 'email' } },
      ]);
    },
  );
});

describe('changing a password', () => {
  const idOfSession = async (userId: string) =>
    (await users.prisma.session.findFirstOrThrow({ where: { userId }, orderBy: { startedAt: 'asc' } })).id;

  it('ends every session but the one that asks', async () => {
    const { id, email } = await proven();
    await logIn(email, password);
    const session = {
      id: await idOfSession(id),
      authenticatedAt: 0,
      methods: ['pwd'],
      hasSecondFactor: false,
    };
    expect(await change(id, password, next, { session })).toMatchObject({ id });
    const alive = await users.prisma.session.findMany({ where: { userId: id, revokedAt: null } });
    expect(alive.map((each) => each.id)).toEqual([session.id]);
    expect(await logIn(email, next)).toBe('AuthSession');
    expect(await templatesTo(email)).toEqual(['PASSWORD_CHANGED']);
    expect(await eventsOf(id)).toContain('PASSWORD_CHANGED');
  });

  it('ends the links that are out', async () => {
    const { id, email } = await somebody();
    await forgot(email);
    await change(id, password, next);
    expect(await liveSessionsOf(id)).toBe(0);
    expect(await reset(await tokenFor(email, 'RESET_PASSWORD'))).toBe('TOKEN_INVALID');
  });

  it('takes the present password, an account, and a new one that can be', async () => {
    const { id, email } = await somebody();
    expect(await change(id, 'not the password', next)).toBe('WRONG_PASSWORD');
    expect(await eventsOf(id)).toContain('LOGIN_FAILED');
    expect(await change(newId(), password, next)).toBe('UNAUTHENTICATED');
    expect(await change(id, password, 'basketball')).toBe('BAD_USER_INPUT input.newPassword');
    expect(await change(id, 'x'.repeat(1_000_000), next)).toBe('BAD_USER_INPUT input.currentPassword');
    expect(await logIn(email, password)).toBe('AuthSession');
    expect(await templatesTo(email)).toEqual([]);
  });

  it('happens once for two who come at once', async () => {
    const { id, email } = await somebody();
    const words = ['first of some words', 'second of some words'];
    const answers = await Promise.all(words.map((word) => change(id, password, word)));
    expect(answers.filter((answer) => answer === 'WRONG_PASSWORD')).toHaveLength(1);
    const outcomes = await Promise.all(words.map((word) => logIn(email, word)));
    expect(outcomes.filter((outcome) => outcome === 'AuthSession')).toHaveLength(1);
  });
});

describe('a new account', () => {
  it.each([
    'password123',
    'QWERTYuiop',
    'Lovelace1815',
    'ada.lovelace@example.org',
    'ｑｗｅｒｔｙｕｉｏｐ',
  ])('has no password that others would guess: %s', async (guess) => {
    const input = { email: 'ada.lovelace@example.org', name: 'Ada Lovelace', password: guess };
    const { errors } = await users.ask(registerMutation, { variables: { input } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.password' } }]);
  });
});
