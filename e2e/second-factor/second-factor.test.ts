import { randomUUID } from 'node:crypto';
import { type Client, connect } from '@emporium/client';
import { describe, expect, it } from 'vitest';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';
import { openAuthenticator } from './authenticator.ts';

const shop = openShop(wholeGraph().gatewayUrl);
const password = 'correct horse battery';
const gbp = (amount: string) => ({ amount, currency: 'GBP' });

const session = '__typename ... on AuthSession { accessToken refreshToken } ... on AuthRefusal { code }';
const documents = {
  register: `mutation ($input: RegisterInput!) { register(input: $input) { ${session} } }`,
  login: `mutation ($input: LoginInput!) { login(input: $input) { ${session} } }`,
  refreshSession: `mutation ($token: String) { refreshSession(refreshToken: $token) { ${session} } }`,
  proveIdentity: `mutation ($input: ProveIdentityInput!) { proveIdentity(input: $input) { ${session} } }`,
  enrolTotp: 'mutation { enrolTotp { __typename ... on TotpEnrolment { secret } } }',
  confirmTotp:
    'mutation ($code: String!) { confirmTotp(code: $code) { __typename ... on RecoveryCodes { codes } } }',
  topUpWallet: 'mutation ($input: TopUpInput!) { topUpWallet(input: $input) { __typename } }',
  withdraw: `mutation ($input: WithdrawInput!) {
    withdraw(input: $input) { __typename ... on Wallet { balance { amount } } }
  }`,
};

/** What a mutation answers, or the error in its place. */
const ask = async (
  client: Client,
  field: keyof typeof documents,
  variables: Record<string, unknown> = {},
) => {
  // biome-ignore lint/suspicious/noExplicitAny: each document has an answer of its own shape.
  const { data, errors } = await client.request<any>(documents[field], variables);
  return errors[0]?.extensions ?? data[field];
};
const signedInBy = (answer: { accessToken?: string }) => {
  expect(answer).toMatchObject({ __typename: 'AuthSession' });
  return connect(shop.url, answer.accessToken);
};
const withdraw = (client: Client, amount: string) =>
  ask(client, 'withdraw', { input: { amount: gbp(amount), idempotencyKey: randomUUID() } });

/** Ada, with £40 in her wallet and one-time codes on, and a session from before they were. */
const withTotp = async () => {
  const email = `${randomUUID()}@emporium.test`;
  const before = await ask(shop.anonymous, 'register', { input: { email, password, name: 'Ada' } });
  const ada = signedInBy(before);
  const input = { amount: gbp('40'), token: 'tok_ok', idempotencyKey: randomUUID() };
  expect(await ask(ada, 'topUpWallet', { input })).toEqual({ __typename: 'Wallet' });
  const login = (totp?: string) => ask(shop.anonymous, 'login', { input: { email, password, totp } });
  const other = await login();
  const { secret } = await ask(ada, 'enrolTotp');
  const nextCode = openAuthenticator(secret);
  const { codes } = await ask(ada, 'confirmTotp', { code: await nextCode() });
  return { before, other, login, nextCode, codes: codes as string[] };
};

describe('a second factor', () => {
  it('is asked for at the door, and each code opens it once', async () => {
    const { login, nextCode } = await withTotp();
    expect(await login()).toMatchObject({ code: 'TOTP_REQUIRED' });
    const code = await nextCode();
    const opened = await login(code);
    expect(await login(code)).toMatchObject({ code: 'TOTP_INVALID' });
    expect(await withdraw(signedInBy(opened), '5')).toMatchObject({ balance: { amount: '35.00' } });
  });

  it('is asked again of a session from before, where money leaves', async () => {
    const { other, nextCode } = await withTotp();
    const refreshed = signedInBy(
      await ask(shop.anonymous, 'refreshSession', { token: other.refreshToken }),
    );
    expect(await withdraw(refreshed, '5')).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      methods: ['pwd', 'otp'],
    });
    expect(await ask(refreshed, 'proveIdentity', { input: { password } })).toMatchObject({
      code: 'TOTP_REQUIRED',
    });
    const input = { password, totp: await nextCode() };
    const proven = signedInBy(await ask(refreshed, 'proveIdentity', { input }));
    expect(await withdraw(proven, '5')).toMatchObject({ balance: { amount: '35.00' } });
  });

  it('is had already by the session that switched it on', async () => {
    const { before } = await withTotp();
    const ada = signedInBy(await ask(shop.anonymous, 'refreshSession', { token: before.refreshToken }));
    expect(await withdraw(ada, '5')).toMatchObject({ balance: { amount: '35.00' } });
  });

  it('can be a recovery code, once', async () => {
    const { login, codes } = await withTotp();
    const opened = await login(codes[0]);
    expect(await login(codes[0])).toMatchObject({ code: 'TOTP_INVALID' });
    expect(await withdraw(signedInBy(opened), '5')).toMatchObject({ balance: { amount: '35.00' } });
  });
});
