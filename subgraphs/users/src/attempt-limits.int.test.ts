import { createLogger } from '@emporium/subgraph';
import { eventually, type TestRedis, testDatabase, testRedis } from '@emporium/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAttemptLimits } from './infrastructure/attempt-limits.ts';
import { connectRedis } from './infrastructure/redis.ts';
import {
  loginMutation,
  password,
  registerMutation,
  registerSomebody,
  startUsersUnderTest,
  type UsersUnderTest,
} from './users-under-test.ts';

const silent = createLogger('users', 'silent');
const perMinute = { registrations: 20, failedLogins: 5 };
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

  it('are limited per address, whoever they try, in one request too', async () => {
    const address = newAddress();
    const attempts = Array.from(
      { length: 8 },
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
    const from = { email: 'ada@example.org' as never, address: '198.51.100.250' };
    const attempts = [];
    for (let attempt = 0; attempt < 7; attempt += 1)
      attempts.push(await limits.logIn(from, async () => null));
    lost.disconnect();
    expect(attempts).toEqual([
      ...Array(5).fill(null),
      { retryAfter: expect.any(Number) },
      { retryAfter: expect.any(Number) },
    ]);
  });
});
