import { emailVerified } from '@emporium/contracts';
import { testDatabase } from '@emporium/testing';
import { v7 as newId, v5 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedAccounts } from '../application/seed-accounts.ts';
import {
  password,
  registerMutation,
  startUsersUnderTest,
  type UsersUnderTest,
} from '../users-under-test.ts';
import { accountSteps } from './account-steps.ts';

let users: UsersUnderTest;
const { ask, mailsTo, newEmail, tokenFor, templatesTo, told, eventsOf } = accountSteps(() => users);
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

/** Somebody whose mail has not been sent yet. */
const newcomer = async () => {
  const input = { email: newEmail(), password, name: 'Ada' };
  const { data } = await users.ask(registerMutation, { variables: { input } });
  return { id: String(data.register.user.id), email: input.email };
};

const isVerified = async (id: string) =>
  (await users.ask('{ me { emailVerified } }', { as: { id } })).data.me.emailVerified;

describe('verifying an e-mail address', () => {
  it('takes the token that was mailed when the account was opened, and tells the others', async () => {
    const { id, email } = await newcomer();
    expect(await isVerified(id)).toBe(false);
    const token = await tokenFor(email, 'VERIFY_EMAIL');
    expect(await ask(`verifyEmail(token: "${token}")`, { id })).toMatchObject({
      id,
      email,
      emailVerified: true,
    });
    expect(await isVerified(id)).toBe(true);
    expect(await told(emailVerified, id)).toMatchObject([{ userId: id }]);
    expect(await eventsOf(id)).toEqual(['ACCOUNT_OPENED', 'EMAIL_VERIFIED']);
  });

  it('takes the password in place of a session; without either it says what to do, and the token stays good', async () => {
    const [ada, eve] = [await newcomer(), await newcomer()];
    const token = await tokenFor(ada.email, 'VERIFY_EMAIL');
    const verify = (word: string | null, as: object = {}) =>
      ask(`verifyEmail(token: "${token}", password: ${JSON.stringify(word)})`, as);
    expect(await verify(null)).toBe('SIGN_IN_REQUIRED');
    expect(await verify(null, { id: eve.id })).toBe('SIGN_IN_REQUIRED');
    expect(await verify('not the password', { id: eve.id })).toBe('WRONG_PASSWORD');
    expect(await verify('x'.repeat(1_000_000))).toBe('BAD_USER_INPUT password');
    expect(await isVerified(ada.id)).toBe(false);
    expect(await verify(password)).toMatchObject({ id: ada.id, emailVerified: true });
  });

  it('works once, also for two who come at once', async () => {
    const { id, email } = await newcomer();
    const token = await tokenFor(email, 'VERIFY_EMAIL');
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => ask(`verifyEmail(token: "${token}")`, { id })),
    );
    expect(answers.filter((answer) => answer === 'TOKEN_INVALID')).toHaveLength(3);
    expect(await ask(`verifyEmail(token: "${token}")`)).toBe('TOKEN_INVALID');
    expect(await told(emailVerified, id)).toHaveLength(1);
  });

  it('keeps nothing from which the token could be had', async () => {
    const { id, email } = await newcomer();
    const token = await tokenFor(email, 'VERIFY_EMAIL');
    const kept = await users.prisma.oneTimeToken.findMany({ where: { userId: id } });
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it('does not take a token that expired, is for something else, or was followed by another', async () => {
    const { id, email } = await newcomer();
    const first = await tokenFor(email, 'VERIFY_EMAIL');
    await ask('requestEmailVerification', { id });
    expect(await ask(`verifyEmail(token: "${first}")`)).toBe('TOKEN_INVALID');
    const second = await tokenFor(email, 'VERIFY_EMAIL');
    expect(await ask(`confirmEmailChange(token: "${second}")`)).toBe('TOKEN_INVALID');
    await users.prisma.$executeRaw`UPDATE one_time_tokens SET expires_at = now() WHERE user_id = ${id}`;
    expect(await ask(`verifyEmail(token: "${second}")`)).toBe('TOKEN_INVALID');
    expect(await isVerified(id)).toBe(false);
  });

  it('says what a token looks like, and what is none', async () => {
    expect(await ask(`verifyEmail(token: "${'x'.repeat(43)}")`)).toBe('TOKEN_INVALID');
    for (const token of ['', 'x', 'ж'.repeat(43), 'x'.repeat(1_000_000)])
      expect(await ask(`verifyEmail(token: "${token}")`)).toBe('BAD_USER_INPUT token');
  });

  it('is asked for again by who is signed in and needs it', async () => {
    const { id, email } = await newcomer();
    expect(await ask('requestEmailVerification', { id })).toMatchObject({ id, emailVerified: false });
    await ask(`verifyEmail(token: "${await tokenFor(email, 'VERIFY_EMAIL')}")`, { id });
    expect(await ask('requestEmailVerification', { id })).toBe('ALREADY_VERIFIED');
    expect(await templatesTo(email)).toEqual(['VERIFY_EMAIL', 'VERIFY_EMAIL']);
    expect(await ask('requestEmailVerification')).toBe('UNAUTHENTICATED');
    expect(await ask('requestEmailVerification', { id: newId() })).toBe('UNAUTHENTICATED');
  });

  it('is known to oneself and administrators alone', async () => {
    const [ada, eve] = [await newcomer(), await newcomer()];
    const read = async (as: object) => {
      const variables = { ids: [{ __typename: 'User', id: ada.id }] };
      const query =
        'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on User { emailVerified } } }';
      return (await users.ask(query, { as, variables })).data._entities[0].emailVerified;
    };
    expect([await read({ id: eve.id }), await read({ id: ada.id })]).toEqual([null, false]);
    expect(await read({ id: eve.id, roles: ['ADMIN'] })).toBe(false);
  });

  it('is not needed where the configuration trusts the domain, nor by the demonstration', async () => {
    const email = `${newId()}@trusted.example`;
    const { data } = await users.ask(registerMutation, {
      variables: { input: { email, password, name: 'Ada' } },
    });
    expect(await isVerified(data.register.user.id)).toBe(true);
    expect(await mailsTo(email)).toEqual([]);
    expect(await told(emailVerified, data.register.user.id)).toHaveLength(1);
    const other = `${newId()}@sub.trusted.example`;
    await users.ask(registerMutation, { variables: { input: { email: other, password, name: 'Ada' } } });
    expect(await templatesTo(other)).toEqual(['VERIFY_EMAIL']);
    const idOf = (of: string) => v5(of, v5.URL);
    await seedAccounts(users.app, idOf);
    await seedAccounts(users.app, idOf);
    const seller = idOf('seller@emporium.test');
    expect(await isVerified(seller)).toBe(true);
    expect(await told(emailVerified, seller)).toHaveLength(1);
  });
});
