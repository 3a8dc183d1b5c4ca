import { testDatabase, testIdentityProvider } from '@emporium/testing';
import { decodeJwt } from 'jose';
import { HOTP, Secret } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AttemptLimits } from './application/ports.ts';
import { type SignInUnderTest, startSignInUnderTest } from './sign-in-under-test.ts';
import { registerSomebody, viewerOf } from './users-under-test.ts';

/** Whose failures were counted; while it is limited, nobody is let try. */
const failures: string[] = [];
let isLimited = false;
const limits: AttemptLimits = {
  ask: async () => null,
  register: async () => null,
  logIn: async ({ email }, verify) => {
    if (isLimited) return { retryAfter: 42 };
    const outcome = await verify();
    if (outcome === null) failures.push(email);
    return outcome;
  },
};

let world: SignInUnderTest;
beforeAll(async () => {
  world = await startSignInUnderTest({ testDatabase, testIdentityProvider }, limits);
});
beforeEach(() => {
  isLimited = false;
});
afterAll(() => world.stop());

const codeOf = (secret: string): string =>
  HOTP.generate({ secret: Secret.fromBase32(secret), counter: Math.floor(Date.now() / 30_000) });

/** Somebody with one-time codes, whose verified address the provider vouches for. */
const customer = async () => {
  const account = await registerSomebody(world);
  await world.verify(account.id);
  const as = viewerOf(account.accessToken);
  const enrolled = await world.ask('mutation { enrolTotp { ... on TotpEnrolment { secret } } }', { as });
  const { secret } = enrolled.data.enrolTotp;
  const confirming = 'mutation ($code: String!) { confirmTotp(code: $code) { __typename } }';
  await world.ask(confirming, { as, variables: { code: codeOf(secret) } });
  await world.prisma.secondFactor.update({ where: { userId: account.id }, data: { lastStep: 1 } });
  const { subject } = world.newcomer({ email: account.email });
  return { ...account, subject, secret: secret as string };
};

const outcomeOf = async (answer: ReturnType<SignInUnderTest['complete']>) => {
  const { data } = await answer;
  return data.completeSignIn.code ?? data.completeSignIn.__typename;
};

describe('an account with one-time codes', () => {
  it('lets nobody in by a provider alone, and links nothing', async () => {
    const { id, subject } = await customer();
    expect(await outcomeOf(world.complete(await world.visit(subject)))).toBe('TOTP_REQUIRED');
    expect(await world.prisma.linkedIdentity.count({ where: { userId: id } })).toBe(0);
    expect(await world.prisma.mail.count({ where: { userId: id, template: 'IDENTITY_LINKED' } })).toBe(0);
    expect(await world.prisma.session.count({ where: { userId: id } })).toBe(1);
  });

  it('lets its owner in with a code and what they brought back, and the provider is asked once', async () => {
    const { id, email, subject, secret } = await customer();
    const returned = await world.visit(subject);
    const before = world.one.requests('/token');
    expect(await outcomeOf(world.complete(returned))).toBe('TOTP_REQUIRED');
    expect(await outcomeOf(world.complete({ ...returned, totp: '000000' }))).toBe('TOTP_INVALID');
    expect(failures.filter((each) => each === email)).toHaveLength(1);
    const totp = codeOf(secret);
    const { data } = await world.complete({ ...returned, totp });
    expect(data.completeSignIn).toMatchObject({ __typename: 'AuthSession', user: { id } });
    expect(decodeJwt(data.completeSignIn.accessToken)).toMatchObject({ sub: id, amr: ['fed', 'otp'] });
    expect(world.one.requests('/token')).toBe(before + 1);
    expect(await world.prisma.linkedIdentity.count({ where: { userId: id } })).toBe(1);
    expect(await outcomeOf(world.complete({ ...returned, totp }))).toBe('SIGN_IN_EXPIRED');
    const failed = await world.prisma.securityEvent.findMany({
      where: { userId: id, kind: 'LOGIN_FAILED' },
    });
    expect(failed).toMatchObject([{ detail: { provider: 'one', refusal: 'TOTP_INVALID' } }]);
  });

  it('lets its owner in at once where the code came along', async () => {
    const { subject, secret } = await customer();
    const returned = await world.visit(subject);
    expect(await outcomeOf(world.complete({ ...returned, totp: codeOf(secret) }))).toBe('AuthSession');
  });

  it('gives what waits for a code to nobody else, and no longer than it had', async () => {
    const { subject, secret } = await customer();
    const { binding, ...seen } = await world.visit(subject);
    await world.complete({ ...seen, binding });
    const totp = codeOf(secret);
    expect(await outcomeOf(world.complete({ ...seen, totp }))).toBe('SIGN_IN_EXPIRED');
    await world.prisma
      .$executeRaw`UPDATE sign_in_attempts SET expires_at = expires_at - interval '10 minutes'`;
    expect(await outcomeOf(world.complete({ ...seen, binding, totp }))).toBe('SIGN_IN_EXPIRED');
  });

  it('is not tried codes on without end, and the owner goes on later', async () => {
    const { subject, secret } = await customer();
    const returned = await world.visit(subject);
    isLimited = true;
    const { errors } = await world.complete({ ...returned, totp: codeOf(secret) });
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: 42 } }]);
    isLimited = false;
    expect(await outcomeOf(world.complete({ ...returned, totp: codeOf(secret) }))).toBe('AuthSession');
  });

  it('refuses what can be no code', async () => {
    const { subject } = await customer();
    const returned = await world.visit(subject);
    for (const totp of ['x'.repeat(1_000_000), '１２３４５６', '']) {
      const { errors } = await world.complete({ ...returned, totp });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.totp' } }]);
    }
  });
});
