import type { Redis } from 'ioredis';
import type { Revocation } from './revocations.ts';

const key = 'gateway:revoked';

/** Of more than these, told while Redis is away, those told first are not kept for others. */
const mostWaiting = 10_000;

/** Revocations in Redis, for a gateway that was not there when they were told. */
export const createSharedRevocations = (
  redis: Redis,
  tokenLifetimeMs: number,
  now: () => number = Date.now,
) => {
  const waiting = new Map<string, Revocation>();

  const save = async ({ subject, notBefore }: Revocation): Promise<void> => {
    const until = Math.max(now(), notBefore) + tokenLifetimeMs;
    const answers = await redis
      .pipeline()
      .zadd(key, until, JSON.stringify([subject, notBefore]))
      .zremrangebyscore(key, '-inf', now())
      .pexpire(key, until - now())
      .exec();
    // A pipeline resolves with what became of each.
    const failure = answers?.find(([error]) => error)?.[0];
    if (failure) throw failure;
  };

  return {
    /** Waits to be saved. */
    wait: (revocation: Revocation): void => {
      const { subject, notBefore } = revocation;
      if ((waiting.get(subject)?.notBefore ?? 0) >= notBefore) return;
      waiting.set(subject, revocation);
      const [oldest] = waiting.keys();
      if (waiting.size > mostWaiting && oldest !== undefined) waiting.delete(oldest);
    },
    /** Saves all that wait. Rejects when Redis does not answer; what it has not answered for goes on waiting. */
    saveWaiting: async (): Promise<void> => {
      for (const [subject, revocation] of [...waiting]) {
        await save(revocation);
        if (waiting.get(subject) === revocation) waiting.delete(subject);
      }
    },
    load: async (): Promise<readonly Revocation[]> => {
      const members = await redis.zrangebyscore(key, now(), '+inf');
      return members.map((member) => {
        const [subject, notBefore] = JSON.parse(member) as [string, number];
        return { subject, notBefore };
      });
    },
  };
};
