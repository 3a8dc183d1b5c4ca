import { testDatabase } from '@emporium/testing';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  loginMutation,
  password,
  registerMutation,
  registerSomebody,
  startUsersUnderTest,
  type UsersUnderTest,
} from './users-under-test.ts';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

const register = (input: Record<string, string>) => users.ask(registerMutation, { variables: { input } });
const login = (input: Record<string, string>) => users.ask(loginMutation, { variables: { input } });

describe('registering', () => {
  it('opens an account and signs in', async () => {
    const email = `${newId()}@example.org`;
    const { data } = await register({
      email: ` ${email.toUpperCase()} `,
      password,
      name: ' Ada  Lovelace ',
    });
    expect(data.register).toMatchObject({
      __typename: 'AuthSession',
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      user: { name: 'Ada Lovelace', email },
    });
  });

  it('gives an access token that the published key verifies', async () => {
    const { accessToken, id } = await registerSomebody(users);
    const keys = createRemoteJWKSet(new URL(`${users.url}/.well-known/jwks.json`));
    const { payload, protectedHeader } = await jwtVerify(accessToken, keys, {
      issuer: 'emporium-users',
      audience: 'emporium',
    });
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: expect.any(String) });
    expect(payload).toMatchObject({ sub: id, roles: ['BUYER'] });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
  });

  it('keeps the password as argon2id, and nothing else of it', async () => {
    const { id, refreshToken } = await registerSomebody(users);
    const { passwordHash } = await users.prisma.credential.findUniqueOrThrow({ where: { userId: id } });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$/);
    const stored = JSON.stringify(await users.prisma.session.findMany({ include: { tokens: true } }));
    expect(stored).not.toContain(refreshToken);
  });

  it('refuses an e-mail that has an account, however it is written', async () => {
    const { email } = await registerSomebody(users);
    const { data } = await register({ email: email.toUpperCase(), password, name: 'Eve' });
    expect(data.register).toMatchObject({ __typename: 'AuthRefusal', code: 'EMAIL_TAKEN' });
  });

  it('gives one e-mail to one of many who ask at once', async () => {
    const email = `${newId()}@example.org`;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => register({ email, password, name: 'Ada' })),
    );
    const outcomes = answers.map(({ data }) => data.register.code ?? data.register.__typename);
    expect(outcomes.toSorted()).toEqual(['AuthSession', ...Array(5).fill('EMAIL_TAKEN')]);
    const id = await users.prisma.user.findUniqueOrThrow({ where: { email } });
    expect(await users.prisma.session.count({ where: { userId: id.id } })).toBe(1);
  });

  it.each([
    ['input.email', { email: 'ada@', password, name: 'Ada' }],
    ['input.password', { email: 'ada@example.org', password: 'too short', name: 'Ada' }],
    ['input.password', { email: 'ada@example.org', password: '語'.repeat(200), name: 'Ada' }],
    ['input.name', { email: 'ada@example.org', password, name: ' ' }],
  ])('says that %s cannot be: %j', async (field, input) => {
    const { data, errors } = await register(input);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
    expect(await users.prisma.user.count({ where: { email: input.email } })).toBe(0);
  });
});

describe('logging in', () => {
  it('takes the e-mail however it is written', async () => {
    const { email, id } = await registerSomebody(users);
    const { data } = await login({ email: ` ${email.toUpperCase()}`, password });
    expect(data.login).toMatchObject({ __typename: 'AuthSession', user: { id, email } });
  });

  it('answers alike for a wrong password and for nobody', async () => {
    const { email } = await registerSomebody(users);
    const wrong = await login({ email, password: 'incorrect horse' });
    const nobody = await login({ email: `${newId()}@example.org`, password });
    expect(wrong.data.login).toMatchObject({ __typename: 'AuthRefusal', code: 'INVALID_CREDENTIALS' });
    expect(nobody.data).toEqual(wrong.data);
  });

  it('takes the same password in another Unicode spelling', async () => {
    const email = `${newId()}@example.org`;
    await register({ email, password: 'pâssé pâssé'.normalize('NFC'), name: 'Renée' });
    const { data } = await login({ email, password: 'pâssé pâssé'.normalize('NFD') });
    expect(data.login.__typename).toBe('AuthSession');
  });
});

describe('who sees whom', () => {
  const me = '{ me { id name email } }';
  const entities = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on User { id name email } } }`;
  const read = async (ids: readonly string[], as: { id?: string; roles?: readonly 'ADMIN'[] }) => {
    const variables = { ids: ids.map((id) => ({ __typename: 'User', id })) };
    return (await users.ask(entities, { as, variables })).data._entities;
  };

  it('me is who is signed in, or null', async () => {
    const { id, email } = await registerSomebody(users);
    expect((await users.ask(me, { as: { id } })).data).toEqual({ me: { id, name: 'Ada', email } });
    expect(await users.ask(me)).toMatchObject({ data: { me: null } });
    expect((await users.ask(me, { as: { id: newId() } })).data).toEqual({ me: null });
  });

  it('is found by their address, however it is written, by administrators alone', async () => {
    const { id, email } = await registerSomebody(users);
    const find = async (address: string, roles?: ('BUYER' | 'SUPPORT' | 'ADMIN')[]) => {
      const as = roles ? { id: newId(), roles } : {};
      const finding = 'query ($email: String!) { userByEmail(email: $email) { id email } }';
      const { data, errors } = await users.ask(finding, { as, variables: { email: address } });
      return errors?.[0]?.extensions ?? data.userByEmail;
    };
    expect(await find(` ${email.toUpperCase()} `, ['ADMIN'])).toEqual({ id, email });
    expect(await find(`${newId()}@example.org`, ['ADMIN'])).toBeNull();
    expect(await find('nobody', ['ADMIN'])).toMatchObject({ code: 'BAD_USER_INPUT', field: 'email' });
    for (const roles of [['BUYER'], ['SUPPORT']] as const)
      expect(await find(email, [...roles])).toMatchObject({ code: 'FORBIDDEN' });
    expect(await find(email)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is called what they want to be called, where that is a name', async () => {
    const { id } = await registerSomebody(users);
    const change = async (name: string, as = { id }) => {
      const changing = 'mutation ($name: String!) { changeName(name: $name) { ... on User { id name } } }';
      const { data, errors } = await users.ask(changing, { as, variables: { name } });
      return errors?.[0]?.extensions ?? data.changeName;
    };
    expect(await change(' Ada  King ')).toEqual({ id, name: 'Ada King' });
    const where = { userId: id, kind: 'NAME_CHANGED' };
    expect(await users.prisma.securityEvent.count({ where })).toBe(1);
    expect(await change('www.evil.example')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'name' });
    expect(await change('Eve', { id: newId() })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await users.ask('{ me { name } }', { as: { id } })).data.me.name).toBe('Ada King');
  });

  it('a name is for the signed in, an e-mail for oneself and administrators', async () => {
    const [ada, eve] = [await registerSomebody(users), await registerSomebody(users)];
    expect(await read([ada.id, eve.id], { id: eve.id })).toEqual([
      { id: ada.id, name: 'Ada', email: null },
      { id: eve.id, name: 'Ada', email: eve.email },
    ]);
    expect(await read([ada.id], { id: eve.id, roles: ['ADMIN'] })).toEqual([
      { id: ada.id, name: 'Ada', email: ada.email },
    ]);
    expect(await read([ada.id], {})).toEqual([null]);
  });

  it('ids that cannot be are nobody’s', async () => {
    const { id } = await registerSomebody(users);
    expect(await read(['', 'x', newId(), id], { id })).toMatchObject([null, null, null, { id }]);
  });
});
