import { emailVerified } from '@emporium/contracts';
import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startUsersUnderTest, type UsersUnderTest } from '../users-under-test.ts';
import { accountSteps } from './account-steps.ts';

let users: UsersUnderTest;
const steps = accountSteps(() => users);
const { ask, eventsOf, logIn, newEmail, somebody, templatesTo, told, tokenFor } = steps;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const change = (id: string, email: string, word = password) =>
  ask(`changeEmail(input: { newEmail: ${JSON.stringify(email)}, password: "${word}" })`, { id });
const confirm = async (email: string) =>
  ask(`confirmEmailChange(token: "${await tokenFor(email, 'CHANGE_EMAIL')}")`);

describe('changing the e-mail address', () => {
  it('happens when the link to the new one is followed; the old one is told', async () => {
    const { id, email } = await somebody();
    const next = newEmail();
    expect(await change(id, ` ${next.toUpperCase()} `)).toMatchObject({ id, email });
    expect(await templatesTo(email)).toEqual(['EMAIL_CHANGE_REQUESTED']);
    expect(await logIn(next, password)).toBe('INVALID_CREDENTIALS');
    expect(await confirm(next)).toMatchObject({ id, email: next, emailVerified: true });
    expect([await logIn(email, password), await logIn(next, password)]).toEqual([
      'INVALID_CREDENTIALS',
      'AuthSession',
    ]);
    expect(await templatesTo(email)).toEqual(['EMAIL_CHANGE_REQUESTED', 'EMAIL_CHANGED']);
    expect(await eventsOf(id)).toEqual(expect.arrayContaining(['EMAIL_CHANGE_REQUESTED', 'EMAIL_CHANGED']));
    expect(await told(emailVerified, id)).toHaveLength(1);
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
    await confirm(next);
    const token = await tokenFor(email, 'RESET_PASSWORD');
    expect(
      await ask(`resetPassword(input: { token: "${token}", newPassword: "quite unrelated words" })`),
    ).toBe('TOKEN_INVALID');
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
      [first, second].map((token) => ask(`confirmEmailChange(token: "${token}")`)),
    );
    expect(answers.filter((answer) => answer === 'EMAIL_TAKEN')).toHaveLength(1);
    expect(await users.prisma.user.count({ where: { email: next } })).toBe(1);
  });
});
