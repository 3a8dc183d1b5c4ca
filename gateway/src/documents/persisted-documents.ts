import type { Redis } from 'ioredis';
import { BoundedMap } from '../bounded-map.ts';

/** Documents that clients have sent once, by their SHA-256, so that they need not send them again. */
export type PersistedDocuments = {
  get(hash: string): Promise<string | undefined>;
  set(hash: string, document: string): void;
};

const remembered = 1_000;
const longest = 32 * 1024;
const secondsInRedis = 24 * 60 * 60;

/**
 * Kept in this process, and in Redis for all gateways when there is one. A Redis that is away has nothing: the client
 * then sends the document again. Longer documents are not kept at all.
 */
export const createPersistedDocuments = (redis: Redis | null): PersistedDocuments => {
  const known = new BoundedMap<string, string>(remembered);
  return {
    get: async (hash) => {
      const here = known.get(hash);
      if (here !== undefined || !redis) return here;
      const there = await redis.get(keyOf(hash)).catch(() => null);
      if (there === null) return undefined;
      known.set(hash, there);
      return there;
    },
    set: (hash, document) => {
      if (document.length > longest) return;
      known.set(hash, document);
      redis?.set(keyOf(hash), document, 'EX', secondsInRedis).catch(() => {});
    },
  };
};

const keyOf = (hash: string): string => `gateway:document:${hash}`;
