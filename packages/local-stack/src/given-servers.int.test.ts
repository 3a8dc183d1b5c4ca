import { testNats, testPostgres, testRedis } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { checkGivenServers } from './given-servers.ts';
import { freePort } from './processes/free-port.ts';

describe('servers that the environment names', () => {
  it('are taken when they answer', async () => {
    const [{ adminUrl }, nats, redis] = await Promise.all([testPostgres(), testNats(), testRedis()]);
    const env = { DATABASE_URL: adminUrl, NATS_URL: nats.url, REDIS_URL: redis.url };
    expect(await checkGivenServers(env)).toEqual({ database: adminUrl, nats: nats.url, redis: redis.url });
    await Promise.all([nats.stop(), redis.stop()]);
  });

  it('may lack our database, which is made later', async () => {
    const url = (await testPostgres()).adminUrl.replace(/\/postgres$/, '/not-there-yet');
    expect(await checkGivenServers({ DATABASE_URL: url })).toEqual({ database: url });
  });

  it.each([
    ['DATABASE_URL', 'postgresql://me:secret@127.0.0.1', '/emporium'],
    ['NATS_URL', 'nats://me:secret@127.0.0.1', ''],
    ['REDIS_URL', 'redis://me:secret@127.0.0.1', ''],
  ])('are refused when %s does not answer, in one line without the password', async (name, start, end) => {
    const refused = checkGivenServers({ [name]: `${start}:${await freePort()}${end}` });
    await expect(refused).rejects.toThrow(
      new RegExp(`^${name} does not answer \\(.*\\)\\. .*unset ${name}\\.$`),
    );
    await expect(refused).rejects.not.toThrow('secret');
  });

  it.each([
    [{ DATABASE_URL: 'localhost' }, 'DATABASE_URL is not a URL'],
    [{ DATABASE_URL: 'mysql://localhost/emporium' }, 'DATABASE_URL must begin with postgresql://'],
    [{ DATABASE_URL: 'postgresql://localhost' }, 'DATABASE_URL names no database'],
    [{ NATS_URL: 'http://localhost' }, 'NATS_URL must begin with nats://'],
  ])('are refused when their URL is none: %o', async (env, message) => {
    await expect(checkGivenServers(env)).rejects.toThrow(message);
  });
});
