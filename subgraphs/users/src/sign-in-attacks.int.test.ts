import { testDatabase, testIdentityProvider } from '@emporium/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  beginMutation,
  completeMutation,
  type SignInUnderTest,
  startSignInUnderTest,
} from './sign-in-under-test.ts';
import { startUsersUnderTest } from './users-under-test.ts';

const ground = { testDatabase, testIdentityProvider };
let world: SignInUnderTest;
beforeAll(async () => {
  world = await startSignInUnderTest(ground);
});
afterEach(() => world.one.beDown(false));
afterAll(() => world.stop());

const changed = (url: string, name: string, value: string): string => {
  const other = new URL(url);
  other.searchParams.set(name, value);
  return other.href;
};

/** Refused with this code, and nothing is there of whoever it was. */
const expectNobody = async (
  subject: string,
  answer: ReturnType<SignInUnderTest['complete']>,
  code: string,
) => {
  const { data } = await answer;
  expect(data.completeSignIn).toMatchObject({ __typename: 'AuthRefusal', code });
  expect(await world.prisma.linkedIdentity.count({ where: { subject } })).toBe(0);
  expect(await world.prisma.user.count({ where: { email: `${subject}@example.org` } })).toBe(0);
};

describe('an attempt', () => {
  it('is good once', async () => {
    const { subject } = world.newcomer();
    const returned = await world.visit(subject);
    const first = await world.complete(returned);
    expect(first.data.completeSignIn.__typename).toBe('AuthSession');
    const { data } = await world.complete(returned);
    expect(data.completeSignIn).toMatchObject({ code: 'SIGN_IN_EXPIRED' });
  });

  it('is good for one of many at once', async () => {
    const { subject } = world.newcomer();
    const returned = await world.visit(subject);
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.complete(returned)));
    const outcomes = answers.map(({ data }) => data.completeSignIn.code ?? 'in');
    expect(outcomes.toSorted()).toEqual([...Array(4).fill('SIGN_IN_EXPIRED'), 'in']);
    expect(await world.prisma.session.count({ where: { user: { email: `${subject}@example.org` } } })).toBe(
      1,
    );
  });

  it('is over after ten minutes', async () => {
    const { subject } = world.newcomer();
    const returned = await world.visit(subject);
    await world.prisma
      .$executeRaw`UPDATE sign_in_attempts SET expires_at = expires_at - interval '10 minutes'`;
    await expectNobody(subject, world.complete(returned), 'SIGN_IN_EXPIRED');
  });

  it('is nobody’s without its binding, and is still its beginner’s then', async () => {
    const { subject } = world.newcomer();
    const { binding, ...seen } = await world.visit(subject);
    await expectNobody(subject, world.complete(seen), 'SIGN_IN_EXPIRED');
    const { binding: others } = await world.visit(subject);
    await expectNobody(subject, world.complete({ ...seen, binding: others }), 'SIGN_IN_EXPIRED');
    const { data } = await world.complete({ ...seen, binding });
    expect(data.completeSignIn.__typename).toBe('AuthSession');
  });

  it('leaves nothing secret in the database', async () => {
    const { subject } = world.newcomer();
    const { state, binding } = await world.visit(subject);
    const stored = JSON.stringify(await world.prisma.signInAttempt.findMany());
    expect(stored).not.toContain(state);
    expect(stored).not.toContain(binding);
  });

  it('that nobody completes goes when its time is over', async () => {
    await world.begin();
    await world.prisma.$executeRaw`UPDATE sign_in_attempts SET expires_at = now() - interval '1 second'`;
    await world.begin();
    expect(await world.prisma.signInAttempt.count()).toBe(1);
  });
});

describe('a code', () => {
  it('of another attempt is rejected: it does not know the verifier', async () => {
    const [ada, eve] = [world.newcomer(), world.newcomer()];
    const [adas, eves] = [await world.visit(ada.subject), await world.visit(eve.subject)];
    await expectNobody(ada.subject, world.complete({ ...eves, code: adas.code }), 'SIGN_IN_REJECTED');
  });

  it('that was used is rejected', async () => {
    const { subject } = world.newcomer();
    const [first, second] = [await world.visit(subject), await world.visit(subject)];
    await world.complete(first);
    const { data } = await world.complete({ ...second, code: first.code });
    expect(data.completeSignIn).toMatchObject({ code: 'SIGN_IN_REJECTED' });
  });

  it('that nobody gave is rejected', async () => {
    const { subject } = world.newcomer();
    const returned = await world.visit(subject);
    await expectNobody(subject, world.complete({ ...returned, code: 'x&state=y#' }), 'SIGN_IN_REJECTED');
  });

  it('whose token was asked for with another nonce is rejected', async () => {
    const { subject } = world.newcomer();
    const returned = await world.visit(subject, { tamper: (url) => changed(url, 'nonce', 'another') });
    await expectNobody(subject, world.complete(returned), 'SIGN_IN_REJECTED');
  });

  it('asked for with another challenge is rejected', async () => {
    const { subject } = world.newcomer();
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    const returned = await world.visit(subject, {
      tamper: (url) => changed(url, 'code_challenge', challenge),
    });
    await expectNobody(subject, world.complete(returned), 'SIGN_IN_REJECTED');
  });

  it('that comes from another provider than was asked is rejected', async () => {
    const { subject } = world.newcomer();
    const returned = await world.visit(subject);
    await expectNobody(subject, world.complete({ ...returned, iss: world.two.issuer }), 'SIGN_IN_REJECTED');
  });

  it('that does not say whom it comes from, where it should, is rejected', async () => {
    const { subject } = world.newcomer();
    const { iss: _left, ...rest } = await world.visit(subject);
    await expectNobody(subject, world.complete(rest), 'SIGN_IN_REJECTED');
  });

  it('that is rejected is noted', async () => {
    const { subject } = world.newcomer();
    const where = { kind: 'LOGIN_FAILED' };
    const before = await world.prisma.securityEvent.count({ where });
    await world.complete({ ...(await world.visit(subject)), code: 'wrong' });
    expect(await world.prisma.securityEvent.count({ where })).toBe(before + 1);
  });
});

describe('a provider that is down', () => {
  const unavailable = [{ extensions: { code: 'IDENTITY_PROVIDER_UNAVAILABLE' } }];

  it('when it has to change the code is an error, and leaves nothing half done', async () => {
    const { subject, email } = world.newcomer();
    const returned = await world.visit(subject);
    world.one.beDown(true);
    const { data, errors } = await world.complete(returned);
    expect(data).toBeNull();
    expect(errors).toMatchObject(unavailable);
    expect(await world.prisma.user.count({ where: { email } })).toBe(0);
    world.one.beDown(false);
    const again = await world.complete(await world.visit(subject));
    expect(again.data.completeSignIn.__typename).toBe('AuthSession');
  });
});

describe('bad input', () => {
  const input = { code: 'c', state: 's', iss: 'https://id.example', binding: 'b' };
  it.each(['code', 'state', 'iss', 'binding'])('of 1 MB or of no ASCII as %s is refused', async (name) => {
    for (const value of ['x'.repeat(1_000_000), '語'.repeat(10), 'a\u0000b', '']) {
      const { errors } = await world.complete({ ...input, [name]: value });
      const code = errors?.[0]?.extensions.code;
      expect(code).toBe('BAD_USER_INPUT');
    }
  });

  it('of a state that nobody began is refused', async () => {
    const { data } = await world.complete(input);
    expect(data.completeSignIn).toMatchObject({ code: 'SIGN_IN_EXPIRED' });
  });

  it.each(['', 'three', 'ONE', 'x'.repeat(100_000)])(
    'of a provider that is none is refused: %.20j',
    async (id) => {
      const { errors } = await world.begin(id);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'provider' } }]);
    },
  );

  it.each([
    '//evil.example',
    'https://shop.example.org@evil.example',
    '/%2F%2Fevil.example',
    'https://evil.example/',
  ])('of a way back to %s is refused', async (returnTo) => {
    const before = await world.prisma.signInAttempt.count();
    const { errors } = await world.begin('one', { returnTo });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'returnTo' } }]);
    expect(await world.prisma.signInAttempt.count()).toBe(before);
  });

  it('cannot choose where the provider sends people', async () => {
    const { data } = await world.begin('one', { returnTo: 'https://admin.example.org/x' });
    const { searchParams } = new URL(data.beginSignIn.authorizationUrl);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      redirect_uri: 'https://shop.example.org/signed-in',
      client_id: 'emporium',
      response_type: 'code',
      code_challenge_method: 'S256',
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});

describe('new accounts', () => {
  it('are counted as registrations, and those who come again are not', async () => {
    let isLimited = false;
    const limits = {
      ask: async () => null,
      register: async () => (isLimited ? { retryAfter: 42 } : null),
      logIn: <T>(_from: unknown, verify: () => Promise<T | null>) => verify(),
    };
    const limited = await startSignInUnderTest(ground, limits);
    try {
      const [known, other] = [limited.newcomer(), limited.newcomer()];
      await limited.complete(await limited.visit(known.subject));
      isLimited = true;
      const again = await limited.complete(await limited.visit(known.subject));
      expect(again.data.completeSignIn.__typename).toBe('AuthSession');
      const { errors } = await limited.complete(await limited.visit(other.subject));
      expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: 42 } }]);
      expect(await limited.prisma.user.count({ where: { email: other.email } })).toBe(0);
    } finally {
      await limited.stop();
    }
  });
});

describe('without providers', () => {
  it('says so', async () => {
    const users = await startUsersUnderTest((await testDatabase('users')).url);
    try {
      expect((await users.ask('{ signInProviders { id } }')).data).toEqual({ signInProviders: [] });
      const begun = await users.ask(beginMutation, { variables: { provider: 'one' } });
      expect(begun.errors).toMatchObject([{ extensions: { code: 'NOT_CONFIGURED' } }]);
      const input = { code: 'c', state: 's', binding: 'b' };
      const { data } = await users.ask(completeMutation, { variables: { input } });
      expect(data.completeSignIn).toMatchObject({ code: 'SIGN_IN_EXPIRED' });
    } finally {
      await users.stop();
    }
  });
});
