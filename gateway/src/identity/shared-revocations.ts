import type { Redis } from 'ioredis';
import type { Revocation } from './revocations.ts';

const key = 'gateway:revoked';

/** Revocations in Redis, for a gateway that was not there when they were told. */
export const createSharedRevocations = (
  redis: Redis,
  tokenLifetimeMs: number,
  now: () => number = Date.now,
) => ({
  /** Rejects when Redis does not answer. */
  save: async ({ subject, notBefore }: Revocation): Promise<void> => {
    const until = Math.max(now(), notBefore) + tokenLifetimeMs;
    await redis
      .pipeline()
      .zadd(key, until, JSON.stringify([subject, notBefore]))
      .zremrangebyscore(key, '-inf', now())
      .pexpire(key, until - now())
      .exec();
  },
  load: async (): Promise<readonly Revocation[]> => {
    const members = await redis.zrangebyscore(key, now(), '+inf');
    return members.map((member) => {
      const [subject, notBefore] = JSON.parse(member) as [string, number];
      return { subject, notBefore };
    });
  },
});
