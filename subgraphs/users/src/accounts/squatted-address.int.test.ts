import { testDatabase } from '@emporium/testing';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startUsersUnderTest, type UsersUnderTest, viewerOf } from '../users-under-test.ts';
import { accountSteps } from './account-steps.ts';

let users: UsersUnderTest;
const steps = accountSteps(() => users);
const { ask, eventsOf, logIn, somebody, templatesTo, tokenFor } = steps;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const next = 'quite unrelated words';
/** One-time codes, as the owner of a proven address switches them on. */
const switchCodesOn = async (id: string, accessToken: string) => {
  await users.app.vouchForEmail(id);
  const as = viewerOf(accessToken);
  const enrolled = await users.ask('mutation { enrolTotp { ... on TotpEnrolment { secret } } }', { as });
  const code = new TOTP({ secret: Secret.fromBase32(enrolled.data.enrolTotp.secret) }).generate();
  await users.ask('mutation ($code: String!) { confirmTotp(code: $code) { __typename } }', {
    as,
    variables: { code },
  });
};
const reset = async (email: string) => {
  await users.ask('mutation ($email: String!) { requestPasswordReset(email: $email) }', {
    variables: { email },
  });
  const token = await tokenFor(email, 'RESET_PASSWORD');
  return ask(`resetPassword(input: { token: "${token}", newPassword: "${next}" })`);
};

describe('an account that a stranger opened with somebody’s address', () => {
  it('is its owner’s once they prove the address: codes that the stranger put before it go', async () => {
    const { id, email, accessToken } = await somebody();
    await switchCodesOn(id, accessToken);
    // As accounts may be from before codes needed a proven address.
    await users.prisma.user.update({ where: { id }, data: { emailVerifiedAt: null } });
    expect(await logIn(email, password)).toBe('TOTP_REQUIRED');
    expect(await reset(email)).toMatchObject({ id, emailVerified: true });
    expect(await logIn(email, next)).toBe('AuthSession');
    expect(await eventsOf(id)).toEqual(expect.arrayContaining(['EMAIL_VERIFIED', 'TOTP_DISABLED']));
    expect(await templatesTo(email)).toContain('TOTP_DISABLED');
  });

  it('keeps its codes where the address was proven before: who reads the mail alone does not get in', async () => {
    const { id, email, accessToken } = await somebody();
    await switchCodesOn(id, accessToken);
    expect(await reset(email)).toMatchObject({ id });
    expect(await logIn(email, next)).toBe('TOTP_REQUIRED');
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
});
