import type { Redis } from 'ioredis';
import type { CacheStore } from './cache-store.ts';

const prefix = 'gateway:cache:';
const restMs = 1_000;

/** In Redis, so that all gateways share it. After a command that fails it is left alone for a second. */
export const createRedisStore = (redis: Redis, now: () => number = Date.now): CacheStore => {
  let restsUntil = 0;
  const attempt = async <Result>(command: Promise<Result>): Promise<Result> => {
    try {
      return await command;
    } catch (error) {
      restsUntil = now() + restMs;
      throw error;
    }
  };
  const set = async (entries: Readonly<Record<string, string>>, seconds: number, onlyNew: boolean) => {
    const answers = await Promise.all(
      Object.entries(entries).map(([key, value]) =>
        onlyNew
          ? redis.set(prefix + key, value, 'EX', seconds, 'NX')
          : redis.set(prefix + key, value, 'EX', seconds),
      ),
    );
    return answers.every((answer) => answer === 'OK');
  };
  return {
    isReady: () => redis.status === 'ready' && restsUntil <= now(),
    read: (keys) => attempt(redis.mget(keys.map((key) => prefix + key))),
    write: async (entries, seconds) => void (await attempt(set(entries, seconds, false))),
    writeNew: (entries, seconds) => attempt(set(entries, seconds, true)),
  };
};
