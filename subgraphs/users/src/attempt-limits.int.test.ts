import { createLogger } from '@emporium/subgraph';
import { eventually, type TestRedis, testDatabase, testRedis } from '@emporium/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './application/create-app.ts';
import { nowhere } from './application/origin.ts';
import { normaliseEmail } from './domain/email.ts';
import { createAttemptLimits } from './infrastructure/attempt-limits.ts';
import { connectRedis } from './infrastructure/redis.ts';
import {
  loginMutation,
  password,
  registerMutation,
  registerSomebody,
  startUsersUnderTest,
  type UsersUnderTest,
  viewerOf,
} from './users-under-test.ts';

const silent = createLogger('users', 'silent');
const perMinute = { registrations: 20, failedLogins: 5, failedLoginsOfNetwork: 12 };
let server: TestRedis;
let redis: Redis;
let users: UsersUnderTest;

beforeAll(async () => {
  server = await testRedis();
  redis = connectRedis(server.url, silent);
  await eventually(() => redis.status === 'ready');
  users = await startUsersUnderTest((await testDatabase('users')).url, {
    limits: createAttemptLimits(redis, perMinute),
  });
});
afterAll(async () => {
  await users.stop();
  redis.disconnect();
  await server.stop();
});

let addresses = 0;
/** An address that no other test uses. */
const newAddress = () => {
  addresses += 1;
  return `198.51.100.${addresses}`;
};

const login = async (email: string, attempt: string, address: string) => {
  const { data, errors } = await users.ask(loginMutation, {
    as: { address },
    variables: { input: { email, password: attempt } },
  });
  return errors?.[0]?.extensions ?? data.login;
};
const outcome = (answer: { code?: string; __typename?: string }) => answer.code ?? answer.__typename;
const limited = { code: 'RATE_LIMITED', retryAfter: expect.any(Number) };
const stranger = async () => false;
const always = () => true;
const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe('failed logins', () => {
  it('are limited per account, wherever they come from, even all at once', async () => {
    const { email } = await registerSomebody(users);
    const answers = await times(12, () => login(email, 'wrong password', newAddress()));
    const outcomes = answers.map(outcome);
    expect(outcomes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(5);
    expect(outcomes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(7);
    const late = await login(email, password, newAddress());
    expect(late).toEqual(limited);
    expect(late.retryAfter).toBeGreaterThan(0);
    expect(late.retryAfter).toBeLessThanOrEqual(60);
  });

  it('are limited per network and account: no more of one account than of it from anywhere', async () => {
    const { email } = await registerSomebody(users);
    const address = newAddress();
    const outcomes = (await times(7, () => login(email, 'wrong password', address))).map(outcome);
    expect(outcomes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
    const { email: another } = await registerSomebody(users);
    expect(outcome(await login(another, password, address))).toBe('AuthSession');
  });

  it('are limited per network, whoever they try, in one request too', async () => {
    const address = newAddress();
    const attempts = Array.from(
      { length: 15 },
      (_, index) =>
        `try${index}: login(input: { email: "nobody${index}@example.org", password: "wrong password" }) { __typename }`,
    );
    const { errors } = await users.ask(`mutation { ${attempts.join('\n')} }`, { as: { address } });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([limited]);
    const { email } = await registerSomebody(users);
    expect(await login(email, password, address)).toEqual(limited);
    expect(outcome(await login(email, password, newAddress()))).toBe('AuthSession');
  });

  it('do not count when they succeed, however many come at once', async () => {
    const { email } = await registerSomebody(users);
    const address = newAddress();
    const answers = await times(8, () => login(email, password, address));
    expect(answers.map(outcome)).toEqual(Array(8).fill('AuthSession'));
  });

  it('do not count when they succeed from one network, whoever they are', async () => {
    const limits = createAttemptLimits(redis, perMinute);
    const address = newAddress();
    const answers = await times(40, (index) =>
      limits.logIn(
        { email: `${index}@example.org` as never, address, isFamiliar: stranger },
        async () => index,
        always,
      ),
    );
    expect(answers).toEqual(answers.map((_, index) => index));
  });

  it('keep no e-mail address in Redis, and nothing for long', async () => {
    const { email } = await registerSomebody(users);
    await login(email, 'wrong password', newAddress());
    const keys = await redis.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join()).not.toContain('@');
    const lifetimes = await Promise.all(keys.map((key) => redis.ttl(key)));
    expect(Math.min(...lifetimes)).toBeGreaterThanOrEqual(0);
  });
});

describe('the owner', () => {
  it('is not kept out by strangers where they signed in before', async () => {
    const { email } = await registerSomebody(users);
    const home = newAddress();
    expect(outcome(await login(email, password, home))).toBe('AuthSession');
    await times(8, () => login(email, 'wrong password', newAddress()));
    expect(await login(email, password, newAddress())).toEqual(limited);
    expect(outcome(await login(email, password, home))).toBe('AuthSession');
  });

  it('is not kept out by strangers who share that network', async () => {
    const { email } = await registerSomebody(users);
    const home = newAddress();
    expect(outcome(await login(email, password, home))).toBe('AuthSession');
    await times(14, (index) => login(`nobody${index}@example.org`, 'wrong password', home));
    const { email: newcomer } = await registerSomebody(users);
    expect(await login(newcomer, password, home)).toEqual(limited);
    expect(outcome(await login(email, password, home))).toBe('AuthSession');
  });

  it('is limited there like anybody', async () => {
    const { email } = await registerSomebody(users);
    const home = newAddress();
    await login(email, password, home);
    for (let attempt = 0; attempt < 5; attempt += 1) await login(email, 'wrong password', home);
    expect(await login(email, password, home)).toEqual(limited);
  });
});

describe('who is signed in', () => {
  const change = async (as: { id: string; address: string }, current: string) => {
    const { data, errors } = await users.ask(
      `mutation { changePassword(input: { currentPassword: "${current}", newPassword: "quite unrelated words" }) {
        __typename ... on AccountRefusal { code } } }`,
      { as },
    );
    return errors?.[0]?.extensions.code ?? data.changePassword.code ?? data.changePassword.__typename;
  };

  it('is counted by their own failures, apart from the logins of their network and account', async () => {
    const { email, id } = await registerSomebody(users);
    const address = newAddress();
    await times(14, (index) => login(`nobody${index}@example.org`, 'wrong password', address));
    await times(6, () => login(email, 'wrong password', newAddress()));
    expect(await change({ id, address }, 'wrong password')).toBe('WRONG_PASSWORD');
    expect(await change({ id, address }, password)).toBe('User');
  });

  it('is limited: a stolen token finds out no password', async () => {
    const { id } = await registerSomebody(users);
    const outcomes = await times(7, () => change({ id, address: newAddress() }, 'wrong password'));
    expect(outcomes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
  });
});

describe('one network that goes on failing at one account', () => {
  /** As if the minute were over, and the delay. */
  const letTimePass = async () => {
    const passed = await Promise.all(
      ['account', 'address', 'pair', 'delay'].map((kind) => redis.keys(`users:login:${kind}:*`)),
    );
    if (passed.flat().length > 0) await redis.del(...passed.flat());
  };
  const failing = () => {
    const limits = createAttemptLimits(redis, perMinute);
    const from = {
      email: `${newAddress()}@example.org` as never,
      address: newAddress(),
      isFamiliar: stranger,
    };
    const fail = async (count: number) => {
      for (let attempt = 0; attempt < count; attempt += 1)
        expect(await limits.logIn(from, async () => null, always)).toBeNull();
    };
    const waitOf = async () => {
      const keys = await redis.keys('users:login:delay:*');
      return keys.length === 0 ? null : redis.ttl(keys[0] as string);
    };
    return { limits, from, fail, waitOf };
  };

  it('waits twice as long each time, up to 15 minutes', async () => {
    await letTimePass();
    const { limits, from, fail, waitOf } = failing();
    for (const wait of [60, 120, 240, 480, 900, 900]) {
      await fail(5);
      const left = await waitOf();
      expect(left).toBeGreaterThan(wait - 5);
      expect(left).toBeLessThanOrEqual(wait);
      const compared: string[] = [];
      const refused = await limits.logIn(from, async () => compared.push('compared'), always);
      expect(refused).toEqual({ retryAfter: expect.any(Number) });
      expect(compared).toEqual([]);
      await letTimePass();
    }
  });

  it('begins anew after it succeeds', async () => {
    await letTimePass();
    const { limits, from, fail, waitOf } = failing();
    await fail(4);
    expect(await limits.logIn(from, async () => 'Ada', always)).toBe('Ada');
    await letTimePass();
    await fail(4);
    expect(await waitOf()).toBeNull();
  });
});

describe('the right password without its code', () => {
  it('is no failure, and clears none', async () => {
    const before = await redis.keys('users:login:delay:*');
    const limits = createAttemptLimits(redis, { ...perMinute, failedLogins: 3 });
    const from = {
      email: `${newAddress()}@example.org` as never,
      address: newAddress(),
      isFamiliar: stranger,
    };
    for (const _ of [1, 2]) await limits.logIn(from, async () => null, always);
    for (const _ of [1, 2, 3])
      expect(
        await limits.logIn(
          from,
          async () => 'no code',
          () => false,
        ),
      ).toBe('no code');
    await limits.logIn(from, async () => null, always);
    const delays = await redis.keys('users:login:delay:*');
    expect(delays).toHaveLength(before.length + 1);
  });
});

describe('what costs somebody a mail', () => {
  it('is limited per subject and per network, each thing by itself', async () => {
    const limits = createAttemptLimits(redis, { ...perMinute, requests: 2, requestsOfNetwork: 3 });
    const [subject, address] = [`${newAddress()}@example.org`, newAddress()];
    const ask = (what: string, of = subject, from = newAddress()) =>
      limits.ask(what, { subject: of, address: from });
    expect(await times(3, () => ask('password-reset'))).toEqual([
      null,
      null,
      { retryAfter: expect.any(Number) },
    ]);
    expect(await ask('verification')).toBeNull();
    const fromOne = await times(4, (index) => ask('password-reset', `${index}${subject}`, address));
    expect(fromOne.filter((answer) => answer !== null)).toEqual([{ retryAfter: expect.any(Number) }]);
  });
});

describe('a new password', () => {
  it('can be asked for where the account was signed in to, however often strangers ask', async () => {
    const { email } = await registerSomebody(users);
    const home = newAddress();
    await login(email, password, home);
    const forgot = async (address: string) =>
      (
        await users.ask('mutation ($email: String!) { requestPasswordReset(email: $email) }', {
          as: { address },
          variables: { email },
        })
      ).errors?.[0]?.extensions.code ?? 'MAILED';
    const strangers = await times(7, () => forgot(newAddress()));
    expect(strangers.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
    const own = await times(7, () => forgot(home));
    expect(own.filter((code) => code === 'MAILED')).toHaveLength(5);
  });
});

describe('a deactivated account', () => {
  it('has a few links an hour mailed, however often somebody logs in', async () => {
    const { email, accessToken } = await registerSomebody(users);
    await users.ask('mutation { deactivateAccount { __typename } }', { as: viewerOf(accessToken) });
    const outcomes = [];
    for (let attempt = 0; attempt < 7; attempt += 1)
      outcomes.push(
        (
          await users.ask(loginMutation, {
            as: { address: newAddress() },
            variables: { input: { email, password } },
          })
        ).data.login.code,
      );
    expect(outcomes).toEqual(Array(7).fill('ACCOUNT_DEACTIVATED'));
    const mails = (await users.mailsOf({ recipient: email })).filter(
      ({ template }) => template === 'REACTIVATE',
    );
    expect(mails).toHaveLength(5);
    const token = (mails.at(-1)?.data as { token: string } | undefined)?.token;
    const { data } = await users.ask(`mutation { reactivateAccount(token: "${token}") { __typename } }`);
    expect(data.reactivateAccount.__typename).toBe('User');
  });
});

describe('what is counted', () => {
  it('holds no account meanwhile: others change it while the counter is slow', async () => {
    const { email, id, accessToken } = await registerSomebody(users);
    await users.ask('mutation { deactivateAccount { __typename } }', { as: viewerOf(accessToken) });
    const asked: string[] = [];
    const app = createApp({
      ...users.dependencies,
      limits: {
        register: async () => null,
        logIn: (_from, verify) => verify(),
        ask: async (what) => {
          await users.prisma.$queryRaw`SELECT 1 FROM users WHERE id = ${id} FOR UPDATE NOWAIT`;
          asked.push(what);
          return null;
        },
      },
    });
    const credentials = { email: normaliseEmail(email), password, code: null };
    expect(await app.logIn(credentials, nowhere)).toMatchObject({ refusal: 'ACCOUNT_DEACTIVATED' });
    expect(asked).toEqual(['reactivation']);
  });
});

describe('registrations', () => {
  it('are limited per address', async () => {
    const address = newAddress();
    const register = async (index: number) => {
      const input = { email: `limit${index}@example.org`, password, name: 'Ada' };
      const { data, errors } = await users.ask(registerMutation, { as: { address }, variables: { input } });
      return outcome(errors?.[0]?.extensions ?? data.register);
    };
    const outcomes = await times(22, register);
    expect(outcomes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
  });
});

describe('without Redis', () => {
  it('each process counts alone', async () => {
    const lost = connectRedis('redis://127.0.0.1:1', silent);
    const limits = createAttemptLimits(lost, perMinute);
    const from = { email: 'ada@example.org' as never, address: '198.51.100.250', isFamiliar: stranger };
    const attempts = [];
    for (let attempt = 0; attempt < 7; attempt += 1)
      attempts.push(await limits.logIn(from, async () => null, always));
    lost.disconnect();
    expect(attempts).toEqual([
      ...Array(5).fill(null),
      { retryAfter: expect.any(Number) },
      { retryAfter: expect.any(Number) },
    ]);
  });
});
