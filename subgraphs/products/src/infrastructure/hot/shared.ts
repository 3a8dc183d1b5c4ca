import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { ReadMany } from './kept.ts';

export type Shared<Value> = {
  readonly get: ReadMany<Value>;
  forget(keys: readonly string[]): Promise<void>;
  forgetAll(): Promise<void>;
};

/** Longer than any read takes: until then nobody puts back what they read before the change. */
const silenceMs = 10_000;

/**
 * Keeps what was read in Redis, for all replicas. Each value is kept with the stamp that stood in Redis before it was read, and is
 * good only while that stamp stands: all is forgotten by a new stamp. What is forgotten by itself leaves an empty text in its place,
 * which a value that is still being read cannot replace. Without Redis everything is read.
 */
export const createShared = <Value>(
  redis: Redis,
  prefix: string,
  read: ReadMany<Value>,
  maxAgeMs: number,
): Shared<Value> => {
  const stampKey = `${prefix}:stamp`;
  const keyOf = (key: string): string => `${prefix}:${key}`;

  const keep = async (stamp: string, values: ReadonlyMap<string, Value>): Promise<void> => {
    const batch = redis.pipeline();
    for (const [key, value] of values)
      batch.set(keyOf(key), stamp + JSON.stringify(value), 'PX', maxAgeMs, 'NX');
    await batch.exec();
  };

  /** The stamp that stands, and what is kept under it. */
  const look = async (keys: readonly string[]) => {
    const [stood, ...texts] = await redis.mget(stampKey, ...keys.map(keyOf));
    const stamp = stood ?? (await redis.set(stampKey, randomUUID(), 'NX').then(() => redis.get(stampKey)));
    const found = new Map<string, Value>();
    if (stamp)
      for (const [index, key] of keys.entries()) {
        const text = texts[index];
        if (text?.startsWith(stamp)) found.set(key, JSON.parse(text.slice(stamp.length)));
      }
    return { stamp, found };
  };

  return {
    get: async (keys) => {
      const { stamp, found } = await look(keys).catch(() => ({
        stamp: null,
        found: new Map<string, Value>(),
      }));
      const missing = keys.filter((key) => !found.has(key));
      if (missing.length === 0) return found;
      const values = await read(missing);
      // Nobody waits for Redis to keep it, and nothing is lost if it does not.
      if (stamp && values.size > 0) keep(stamp, values).catch(() => {});
      for (const [key, value] of values) found.set(key, value);
      return found;
    },
    forget: async (keys) => {
      const batch = redis.pipeline();
      for (const key of keys) batch.set(keyOf(key), '', 'PX', silenceMs);
      await batch.exec().catch(() => {});
    },
    forgetAll: async () => {
      await redis.set(stampKey, randomUUID()).catch(() => {});
    },
  };
};
