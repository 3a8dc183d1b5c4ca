import { emailVerified } from '@emporium/contracts';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  password,
  refreshMutation,
  registerVerified,
  startUsersUnderTest,
  type UsersUnderTest,
} from '../users-under-test.ts';
import { accountSteps } from './account-steps.ts';

let users: UsersUnderTest;
const steps = accountSteps(() => users);
const { ask, eventsOf, liveSessionsOf, logIn, mailsTo, somebody, templatesTo, told, tokenFor } = steps;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const next = 'quite unrelated words';
const reset = async (email: string) => {
  await users.ask('mutation ($email: String!) { requestPasswordReset(email: $email) }', {
    variables: { email },
  });
  const token = await tokenFor(email, 'RESET_PASSWORD');
  return ask(`resetPassword(input: { token: "${token}", newPassword: "${next}" })`);
};

/** Codes that are on, of accounts from before they needed a proven address too. */
const switchCodesOn = (userId: string) =>
  users.transact(async ({ secondFactors }) => {
    await secondFactors.propose(userId, 'JBSWY3DPEHPK3PXP');
    await secondFactors.confirm(userId, 1);
    await secondFactors.replaceRecoveryCodes(userId, ['0'.repeat(64)]);
  });

const somewhere = { name: 'Eve', line1: '1 Lane', line2: null, city: 'York', region: null, phone: null };

/** Everything that whoever opens an account can put into it. */
const furnish = async (userId: string) => {
  await switchCodesOn(userId);
  await users.app.addAddress(userId, { ...somewhere, country: 'GB', postalCode: 'YO1 7HH' });
  await users.app.addToWishlist(userId, newId());
  await users.app.updatePreferences(userId, { locale: 'fr', currency: 'EUR', channels: ['SMS'] });
  const link = { userId, provider: 'one', issuer: 'https://one.example', subject: userId };
  await users.prisma.linkedIdentity.create({ data: { id: newId(), ...link } });
};

const tablesOf = async (userId: string) => {
  const { prisma } = users;
  const where = { userId };
  const counts = {
    addresses: await prisma.address.count({ where }),
    wishes: await prisma.wishlistItem.count({ where }),
    preferences: await prisma.preferences.count({ where }),
    factors: await prisma.secondFactor.count({ where }),
    recoveryCodes: await prisma.recoveryCode.count({ where }),
    identities: await prisma.linkedIdentity.count({ where }),
    origins: await prisma.knownOrigin.count({ where }),
  };
  return Object.entries(counts).flatMap(([table, count]) => (count > 0 ? [table] : []));
};

describe('an account that a stranger opened with somebody’s address', () => {
  it('is its owner’s alone once they prove the address: all that was put into it goes', async () => {
    const { id, email, refreshToken } = await somebody();
    await furnish(id);
    expect(await tablesOf(id)).toHaveLength(7);
    expect(await logIn(email, password)).toBe('TOTP_REQUIRED');
    expect(await reset(email)).toMatchObject({ id, emailVerified: true });
    expect(await tablesOf(id)).toEqual([]);
    expect(await liveSessionsOf(id)).toBe(0);
    const { data } = await users.ask(refreshMutation, { variables: { token: refreshToken } });
    expect(data.refreshSession.code).toBe('SESSION_REVOKED');
    expect([await logIn(email, password), await logIn(email, next)]).toEqual([
      'INVALID_CREDENTIALS',
      'AuthSession',
    ]);
    expect((await users.ask('{ me { name } }', { as: { id } })).data.me.name).toBe('Customer');
    expect(await told(emailVerified, id)).toHaveLength(1);
    expect(await eventsOf(id)).toEqual(
      expect.arrayContaining(['TOTP_DISABLED', 'EMAIL_VERIFIED', 'ACCOUNT_RECLAIMED', 'PASSWORD_RESET']),
    );
    expect(await templatesTo(email)).toEqual(
      expect.arrayContaining(['ACCOUNT_RECLAIMED', 'PASSWORD_CHANGED']),
    );
  });

  it('is reclaimed once: where the address was proven before, a reset takes nothing but sessions', async () => {
    const { id, email } = await somebody();
    await users.app.vouchForEmail(id);
    await furnish(id);
    expect(await reset(email)).toMatchObject({ id });
    expect(await logIn(email, next)).toBe('TOTP_REQUIRED');
    expect(await tablesOf(id)).toHaveLength(7);
    expect((await users.ask('{ me { name } }', { as: { id } })).data.me.name).toBe('Ada');
    expect(await eventsOf(id)).not.toContain('ACCOUNT_RECLAIMED');
  });

  it('shows who follows a link whose address it is, and nothing else that is their own', async () => {
    const { id, email } = await registerVerified(users);
    await furnish(id);
    await users.ask('mutation ($email: String!) { requestPasswordReset(email: $email) }', {
      variables: { email },
    });
    const token = await tokenFor(email, 'RESET_PASSWORD');
    const own = `addresses { name } preferences { locale } seller { id } wishlist(first: 1) { pageInfo { hasNextPage } }
      securityEvents(first: 1) { pageInfo { hasNextPage } }`;
    const { data, errors } = await users.ask(
      `mutation { resetPassword(input: { token: "${token}", newPassword: "${next}" }) {
        ... on User { id name email emailVerified ${own} } } }`,
    );
    expect(data?.resetPassword, JSON.stringify(errors)).toEqual({
      id,
      name: 'Ada',
      email,
      emailVerified: true,
      addresses: null,
      preferences: null,
      seller: null,
      wishlist: null,
      securityEvents: null,
    });
  });

  it('cannot speak to them through our mail', async () => {
    for (const name of ['Win at http://evil.example', 'www.evil.example', '\u200B'])
      expect(
        (
          await users.ask('mutation ($input: RegisterInput!) { register(input: $input) { __typename } }', {
            variables: { input: { email: steps.newEmail(), password, name } },
          })
        ).errors?.[0]?.extensions,
      ).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.name' });
  });

  it('mails nothing but links that were asked for, and in none a stranger’s words, until the address is proven', async () => {
    const { id, email, refreshToken } = await somebody();
    const headers = { 'user-agent': 'Call 0900 for your prize' };
    const name = 'You have won';
    await ask(`changeName(name: "${name}")`, { id });
    const logInAs = (word: string) =>
      users.ask('mutation ($input: LoginInput!) { login(input: $input) { __typename } }', {
        headers,
        as: { address: '198.51.100.77' },
        variables: { input: { email, password: word } },
      });
    await logInAs(password);
    const refresh = () => users.ask(refreshMutation, { headers, variables: { token: refreshToken } });
    await refresh();
    await refresh();
    await ask('requestEmailVerification', { id });
    await ask(
      `changePassword(input: { currentPassword: "${password}", newPassword: "first of some words" })`,
      { id },
    );
    await ask(`changeEmail(input: { newEmail: "${steps.newEmail()}", password: "first of some words" })`, {
      id,
    });
    await switchCodesOn(id);
    await steps.deactivate(id);
    expect(await templatesTo(email)).toEqual(['VERIFY_EMAIL']);
    expect(await reset(email)).toMatchObject({ id });
    const mails = await mailsTo(email);
    expect(mails.map(({ template }) => template)).toEqual([
      'VERIFY_EMAIL',
      'RESET_PASSWORD',
      'ACCOUNT_RECLAIMED',
      'PASSWORD_CHANGED',
    ]);
    expect(JSON.stringify(mails)).not.toMatch(/You have won|0900/);
    await ask(`changeName(name: "Ada Lovelace")`, { id });
    await ask(
      `changePassword(input: { currentPassword: "${next}", newPassword: "second of some words" })`,
      {
        id,
      },
    );
    expect((await mailsTo(email)).at(-1)).toMatchObject({
      template: 'PASSWORD_CHANGED',
      data: { name: 'Ada Lovelace' },
    });
  });
});
