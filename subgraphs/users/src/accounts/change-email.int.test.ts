import { emailVerified } from '@emporium/contracts';
import type { Viewer } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import { HOTP, Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  loginMutation,
  password,
  refreshMutation,
  startUsersUnderTest,
  type UsersUnderTest,
  viewerOf,
} from '../users-under-test.ts';
import { accountSteps } from './account-steps.ts';

let users: UsersUnderTest;
const steps = accountSteps(() => users);
const {
  ask,
  eventsOf,
  liveSessionsOf,
  logIn,
  newEmail,
  proven: registered,
  somebody,
  templatesTo,
  told,
  tokenFor,
} = steps;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const change = (id: string, email: string, word = password) =>
  ask(`changeEmail(input: { newEmail: ${JSON.stringify(email)}, password: "${word}" })`, { id });
const confirm = async (
  email: string,
  as: Partial<Viewer> = {},
  word: string | null = null,
  totp: string | null = null,
) =>
  ask(
    `confirmEmailChange(token: "${await tokenFor(email, 'CHANGE_EMAIL')}", password: ${JSON.stringify(word)}, totp: ${JSON.stringify(totp)})`,
    as,
  );

describe('changing the e-mail address', () => {
  it('happens when the link to the new one is followed; the old one is told', async () => {
    const { id, email } = await registered();
    const next = newEmail();
    expect(await change(id, ` ${next.toUpperCase()} `)).toMatchObject({ id, email });
    expect(await templatesTo(email)).toEqual(['EMAIL_CHANGE_REQUESTED']);
    expect(await logIn(next, password)).toBe('INVALID_CREDENTIALS');
    expect(await confirm(next, { id })).toMatchObject({ id, email: next, emailVerified: true });
    expect([await logIn(email, password), await logIn(next, password)]).toEqual([
      'INVALID_CREDENTIALS',
      'AuthSession',
    ]);
    expect(await templatesTo(email)).toEqual(['EMAIL_CHANGE_REQUESTED', 'EMAIL_CHANGED']);
    expect(await eventsOf(id)).toEqual(expect.arrayContaining(['EMAIL_CHANGE_REQUESTED', 'EMAIL_CHANGED']));
    expect(await told(emailVerified, id)).toHaveLength(2);
    const where = { aggregateId: id };
    const messages = await users.prisma.outboxMessage.findMany({ where, select: { envelope: true } });
    expect(JSON.stringify(messages)).not.toContain('@');
  });

  it('ends the links that went to the old one', async () => {
    const { id, email } = await somebody();
    await users.ask('mutation ($email: String!) { requestPasswordReset(email: $email) }', {
      variables: { email },
    });
    const next = newEmail();
    await change(id, next);
    await confirm(next, {}, password);
    const token = await tokenFor(email, 'RESET_PASSWORD');
    expect(
      await ask(`resetPassword(input: { token: "${token}", newPassword: "quite unrelated words" })`),
    ).toBe('TOKEN_INVALID');
  });

  it('is not done by whoever reads the mail for a stranger who gave their address', async () => {
    const [ada, eve] = [await somebody(), await somebody()];
    const next = newEmail();
    await change(eve.id, next);
    expect(await confirm(next)).toBe('SIGN_IN_REQUIRED');
    expect(await confirm(next, { id: ada.id })).toBe('SIGN_IN_REQUIRED');
    expect(await confirm(next, {}, 'not the password')).toBe('WRONG_PASSWORD');
    expect(await users.prisma.user.count({ where: { email: next } })).toBe(0);
    expect(await confirm(next, { id: eve.id })).toMatchObject({ id: eve.id, email: next });
  });

  it('ends all sessions but that in which it is done', async () => {
    const { id, email, accessToken, refreshToken } = await somebody();
    expect(await logIn(email, password)).toBe('AuthSession');
    const [next, last] = [newEmail(), newEmail()];
    await change(id, next);
    await confirm(next, viewerOf(accessToken));
    expect(await liveSessionsOf(id)).toBe(1);
    const { data } = await users.ask(refreshMutation, { variables: { token: refreshToken } });
    expect(data.refreshSession.__typename).toBe('AuthSession');
    await change(id, last);
    await confirm(last, {}, password);
    expect(await liveSessionsOf(id)).toBe(0);
  });

  describe('with one-time codes', () => {
    const codeOf = (secret: string, shift = 0) =>
      HOTP.generate({
        secret: Secret.fromBase32(secret),
        counter: Math.floor(Date.now() / 30_000) + shift,
      });
    const switchOn = async (as: Partial<Viewer>) => {
      const enrolled = await users.ask('mutation { enrolTotp { ... on TotpEnrolment { secret } } }', {
        as,
      });
      const { secret } = enrolled.data.enrolTotp;
      const confirming = 'mutation ($code: String!) { confirmTotp(code: $code) { __typename } }';
      const { data } = await users.ask(confirming, { as, variables: { code: codeOf(secret) } });
      expect(data.confirmTotp.__typename).toBe('RecoveryCodes');
      return String(secret);
    };
    const proven = async () => {
      const account = await registered();
      return { ...account, as: viewerOf(account.accessToken) as Partial<Viewer> };
    };

    it('ends with the links from before there were codes', async () => {
      const { id, as } = await proven();
      const next = newEmail();
      await change(id, next);
      await switchOn(as);
      expect(await confirm(next, as)).toBe('TOKEN_INVALID');
      expect(await confirm(next, {}, password)).toBe('TOKEN_INVALID');
    });

    it('needs a code of the session that follows the link, or beside the password', async () => {
      const { id, email, as, accessToken } = await proven();
      const loggedIn = await users.ask(loginMutation, { variables: { input: { email, password } } });
      const other = viewerOf(loggedIn.data.login.accessToken) as Partial<Viewer>;
      const secret = await switchOn(viewerOf(accessToken));
      const [first, second] = [newEmail(), newEmail()];
      await change(id, first);
      expect(await confirm(first, other)).toBe('TOTP_REQUIRED');
      expect(await confirm(first, { id })).toBe('TOTP_REQUIRED');
      expect(await confirm(first, {}, password)).toBe('TOTP_REQUIRED');
      expect(await confirm(first)).toBe('SIGN_IN_REQUIRED');
      expect(await confirm(first, other, password, '000000')).toBe('TOTP_INVALID');
      expect(await confirm(first, other, 'not the password', codeOf(secret, 1))).toBe('WRONG_PASSWORD');
      expect(await confirm(first, {}, password, 'x')).toBe('BAD_USER_INPUT totp');
      expect(await confirm(first, {}, password, codeOf(secret, 1))).toMatchObject({ email: first });
      await users.prisma.session.updateMany({ where: { userId: id }, data: { revokedAt: null } });
      await change(id, second);
      expect(await confirm(second, as)).toMatchObject({ email: second });
    });
  });

  it('takes the password, and an address that nobody has', async () => {
    const [ada, eve] = [await somebody(), await somebody()];
    expect(await change(ada.id, newEmail(), 'not the password')).toBe('WRONG_PASSWORD');
    expect(await change(ada.id, eve.email.toUpperCase())).toBe('EMAIL_TAKEN');
    expect(await change(ada.id, ada.email)).toBe('EMAIL_TAKEN');
    expect(await change(ada.id, 'аdа@example.org')).toBe('BAD_USER_INPUT input.newEmail');
    expect(await templatesTo(ada.email)).toEqual([]);
    expect(await templatesTo(eve.email)).toEqual([]);
  });

  it('gives an address to one of two who confirm it at once', async () => {
    const [ada, eve] = [await somebody(), await somebody()];
    const next = newEmail();
    await change(ada.id, next);
    const first = await tokenFor(next, 'CHANGE_EMAIL');
    await change(eve.id, next);
    const second = await tokenFor(next, 'CHANGE_EMAIL');
    const answers = await Promise.all(
      [
        [first, ada.id],
        [second, eve.id],
      ].map(([token, id]) => ask(`confirmEmailChange(token: "${token}")`, { id: id as string })),
    );
    expect(answers.filter((answer) => answer === 'EMAIL_TAKEN')).toHaveLength(1);
    expect(await users.prisma.user.count({ where: { email: next } })).toBe(1);
  });
});
