import { testDatabase, testIdentityProvider } from '@emporium/testing';
import { decodeJwt } from 'jose';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignInUnderTest, startSignInUnderTest, viewerWithProof } from './sign-in-under-test.ts';
import { loginMutation, password, registerSomebody } from './users-under-test.ts';

const ground = { testDatabase, testIdentityProvider };
let world: SignInUnderTest;
beforeAll(async () => {
  world = await startSignInUnderTest(ground);
});
afterAll(() => world.stop());

const eventsOf = async (userId: string) =>
  (await world.prisma.securityEvent.findMany({ where: { userId }, orderBy: { id: 'asc' } })).map(
    ({ kind }) => kind,
  );
const mailsTo = async (userId: string) =>
  (await world.mailsOf({ userId })).map(({ template, data }) => [template, data]);
const identities = (where: { userId: string } | { subject: string }) =>
  world.prisma.linkedIdentity.count({ where });

/** Somebody with a password, known to the provider by the same address. */
const customer = async ({ isVerified = true, said = {} } = {}) => {
  const account = await registerSomebody(world);
  if (isVerified) await world.verify(account.id);
  const { subject } = world.newcomer({ email: account.email, ...said });
  return { ...account, subject };
};

it('says with whom one can sign in', async () => {
  const { data } = await world.ask('{ signInProviders { id name } }');
  expect(data.signInProviders).toEqual([
    { id: 'one', name: 'The one' },
    { id: 'two', name: 'The two' },
  ]);
});

describe.each(['one', 'two'])('somebody new from the provider %s', (provider) => {
  it('gets an account with a verified address and no password', async () => {
    const { subject, email } = world.newcomer();
    const { data } = await world.complete(await world.visit(subject, { provider, returnTo: '/cart' }));
    expect(data.completeSignIn).toMatchObject({
      __typename: 'AuthSession',
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      returnTo: 'https://shop.example.org/cart',
      user: { name: 'Ada', email },
    });
    const { id } = data.completeSignIn.user;
    expect(decodeJwt(data.completeSignIn.accessToken)).toMatchObject({ sub: id, amr: ['fed'] });
    const row = await world.prisma.user.findUniqueOrThrow({ where: { id }, include: { credential: true } });
    expect(row).toMatchObject({ roles: ['BUYER'], credential: null, emailVerifiedAt: expect.any(Date) });
    expect(await eventsOf(id)).toEqual(['ACCOUNT_OPENED', 'LOGGED_IN', 'IDENTITY_LINKED']);
    expect(await mailsTo(id)).toEqual([]);
  });
});

describe('whoever has an account without a password', () => {
  it('comes to it again, whatever their address is by then', async () => {
    const { subject } = world.newcomer();
    const first = await world.complete(await world.visit(subject));
    world.one.people.set(subject, { email: `${newId()}@example.org`, email_verified: false });
    const again = await world.complete(await world.visit(subject));
    expect(again.data.completeSignIn.user.id).toBe(first.data.completeSignIn.user.id);
    expect(await identities({ subject })).toBe(1);
  });

  it('cannot log in with one, and is answered as anybody', async () => {
    const { subject, email } = world.newcomer();
    await world.complete(await world.visit(subject));
    const login = (input: object) => world.ask(loginMutation, { variables: { input } });
    const theirs = await login({ email, password });
    expect(theirs.data.login).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(theirs.data).toEqual((await login({ email: `${newId()}@example.org`, password })).data);
  });

  it('has a name even where the provider tells none that can be shown', async () => {
    const { subject } = world.newcomer({ name: '\u202e\u0000' });
    const { data } = await world.complete(await world.visit(subject));
    expect(data.completeSignIn.user.name).toBe('Customer');
  });
});

describe('the account of an address', () => {
  it('is linked where both sides have verified it, and its owner is told', async () => {
    const { id, subject } = await customer();
    const { data } = await world.complete(await world.visit(subject));
    expect(data.completeSignIn).toMatchObject({ __typename: 'AuthSession', user: { id } });
    expect(await eventsOf(id)).toEqual(['ACCOUNT_OPENED', 'LOGGED_IN', 'IDENTITY_LINKED']);
    expect(await mailsTo(id)).toEqual([['IDENTITY_LINKED', { name: 'Ada', provider: 'The one' }]]);
    expect(await identities({ userId: id })).toBe(1);
  });

  it.each([
    ['the provider says it is not verified', true, { email_verified: false }],
    ['the provider does not say that it is', true, { email_verified: undefined }],
    ['the provider says so in other words', true, { email_verified: 'true' }],
    ['nobody has', false, { email_verified: false }],
  ])('is out of reach where %s', async (_what, isVerified, said) => {
    const { id, subject } = await customer({ isVerified, said });
    const { data } = await world.complete(await world.visit(subject));
    expect(data.completeSignIn).toMatchObject({ __typename: 'AuthRefusal', code: 'LINK_REQUIRED' });
    expect(await identities({ subject })).toBe(0);
    expect(await world.prisma.session.count({ where: { userId: id } })).toBe(1);
    expect(await mailsTo(id)).toEqual([]);
  });

  it('is reclaimed where the provider alone has verified it: whoever opened it is put out', async () => {
    const { id, email, subject } = await customer({ isVerified: false, said: { name: 'Ada Lovelace' } });
    const { data } = await world.complete(await world.visit(subject));
    expect(data.completeSignIn).toMatchObject({
      __typename: 'AuthSession',
      user: { id, email, name: 'Ada Lovelace' },
    });
    expect(await world.prisma.session.count({ where: { userId: id, revokedAt: null } })).toBe(1);
    expect(await world.prisma.credential.count({ where: { userId: id } })).toBe(0);
    expect(await eventsOf(id)).toEqual([
      'ACCOUNT_OPENED',
      'EMAIL_VERIFIED',
      'ACCOUNT_RECLAIMED',
      'LOGGED_IN',
      'IDENTITY_LINKED',
    ]);
    expect(await mailsTo(id)).toEqual([['ACCOUNT_RECLAIMED', { name: 'Ada Lovelace' }]]);
    const variables = { input: { email, password } };
    const login = await world.ask(loginMutation, { variables });
    expect(login.data.login).toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  it('is out of reach for an address that only looks like it', async () => {
    const { email } = await customer();
    const wide = String.fromCodePoint(0xff41); // NFKC makes an "a" of it
    const { subject } = world.newcomer({ email: email.replace(/^./, wide) });
    const { data } = await world.complete(await world.visit(subject));
    expect(data.completeSignIn).toMatchObject({ code: 'LINK_REQUIRED' });
  });

  it('is not opened for an address that the provider has not verified, nor told from one that is there', async () => {
    const there = await customer({ said: { email_verified: false } });
    const { subject, email } = world.newcomer({ email_verified: false });
    const absent = await world.complete(await world.visit(subject));
    const present = await world.complete(await world.visit(there.subject));
    expect(absent.data).toEqual(present.data);
    expect(await world.prisma.user.count({ where: { email } })).toBe(0);
  });
});

describe('an account that is not in use', () => {
  it('is not entered while it is deactivated: its owner gets a link to have it back, and nothing is linked', async () => {
    const { id, subject } = await customer();
    await world.prisma.user.update({ where: { id }, data: { deactivatedAt: new Date() } });
    const { data } = await world.complete(await world.visit(subject));
    expect(data.completeSignIn).toMatchObject({ code: 'ACCOUNT_DEACTIVATED' });
    expect(await identities({ userId: id })).toBe(0);
    expect((await mailsTo(id)).map(([template]) => template)).toEqual(['REACTIVATE']);
  });

  it('takes its identities along when it is deleted: the same person is somebody new then', async () => {
    const { id, subject } = await customer();
    await world.complete(await world.visit(subject));
    const deleting = 'mutation ($password: String!) { deleteAccount(password: $password) { __typename } }';
    await world.ask(deleting, { as: viewerWithProof(id), variables: { password } });
    expect(await identities({ subject })).toBe(0);
    const { data } = await world.complete(await world.visit(subject));
    expect(data.completeSignIn).toMatchObject({ __typename: 'AuthSession' });
    expect(data.completeSignIn.user.id).not.toBe(id);
  });
});

describe('many at once', () => {
  it('of one new person open one account', async () => {
    const { subject, email } = world.newcomer();
    const visits = [];
    for (let count = 0; count < 4; count += 1) visits.push(await world.visit(subject));
    const answers = await Promise.all(visits.map((returned) => world.complete(returned)));
    const ids = answers.map(({ data }) => data.completeSignIn.user.id);
    expect(new Set(ids).size).toBe(1);
    expect(await world.prisma.user.count({ where: { email } })).toBe(1);
  });

  it('of two providers with one address reach one account', async () => {
    const { subject } = world.newcomer();
    const visits = [await world.visit(subject), await world.visit(subject, { provider: 'two' })];
    const answers = await Promise.all(visits.map((returned) => world.complete(returned)));
    const ids = answers.map(({ data }) => data.completeSignIn.user.id);
    expect(new Set(ids).size).toBe(1);
    expect(await identities({ subject })).toBe(2);
  });
});

describe('in a browser', () => {
  const inCookies = { 'x-emporium-session': 'cookie' };
  const bindingIn = (cookies: readonly string[]) =>
    cookies.map((cookie) => /^emporium_sign_in=([^;]*)/.exec(cookie)?.[1]).find((value) => value);

  it('the binding is a cookie that scripts cannot read, and the session is kept in cookies, too', async () => {
    const { subject } = world.newcomer();
    const begun = await world.begin('one', { headers: inCookies });
    expect(begun.data.beginSignIn.binding).toBeNull();
    expect(begun.setCookie).toEqual([
      expect.stringMatching(
        /^emporium_sign_in=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    const back = await world.one.logIn(begun.data.beginSignIn.authorizationUrl, subject);
    const { code = '', state = '', iss = '' } = Object.fromEntries(back.searchParams);
    const headers = { ...inCookies, cookie: `emporium_sign_in=${bindingIn(begun.setCookie)}` };
    const { data, setCookie } = await world.complete({ code, state, iss }, { headers });
    expect(data.completeSignIn).toMatchObject({ __typename: 'AuthSession', refreshToken: null });
    expect(setCookie.map((cookie) => cookie.split(';', 2).join(';'))).toEqual([
      expect.stringMatching(/^emporium_access=.+; Max-Age=600$/),
      expect.stringMatching(/^emporium_refresh=.+; Max-Age=2592000$/),
      'emporium_sign_in=; Max-Age=0',
    ]);
  });

  it.each([
    ['another', { cookie: `emporium_sign_in=${'a'.repeat(43)}` }],
    ['none', {}],
  ])('with %s cookie nobody is signed in', async (_which, cookie) => {
    const { subject } = world.newcomer();
    const { binding: _attackers, ...planted } = await world.visit(subject);
    const headers: Record<string, string> = { ...inCookies, ...cookie };
    const { data, setCookie } = await world.complete(planted, { headers });
    expect(data.completeSignIn).toMatchObject({ code: 'SIGN_IN_EXPIRED' });
    expect(setCookie).toEqual([]);
  });
});
