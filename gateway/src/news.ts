import type { Redis } from 'ioredis';
import type { CacheHints } from './caching/cache-hints.ts';
import { createMemoryStore } from './caching/memory-store.ts';
import { readChanges } from './caching/read-changes.ts';
import { createRedisStore } from './caching/redis-store.ts';
import { createResponseCache, type ResponseCache } from './caching/response-cache.ts';
import type { Config } from './config.ts';
import {
  createRevocations,
  type Revocation,
  type Revocations,
  readRevocation,
} from './identity/revocations.ts';
import { createSharedRevocations } from './identity/shared-revocations.ts';
import { insist } from './insist.ts';
import type { Logger } from './logger.ts';
import { connectMessages } from './messages.ts';
import type { Metrics } from './metrics.ts';

type Options = {
  readonly config: Config;
  readonly redis: Redis | null;
  readonly keyOf: CacheHints['keyOf'];
  readonly logger: Logger;
  readonly metrics: Metrics;
};

/** What a gateway is told while it runs: which kept answers are out of date, and whose sessions have ended. */
export type News = {
  readonly cache: ResponseCache | undefined;
  readonly isRevoked: Revocations['isRevoked'];
  /** Calls back after more sessions have ended. */
  onRevoked(listener: () => void): void;
  close(): Promise<void>;
};

/** Wires both to NATS and Redis. Without NATS nothing is told; without Redis this gateway keeps all for itself. */
export const listenForNews = ({ config, redis, keyOf, logger, metrics }: Options): News => {
  const tokenLifetimeMs = config.ACCESS_TOKEN_LIFETIME_S * 1000;
  const revocations = createRevocations(tokenLifetimeMs);
  const shared = redis && createSharedRevocations(redis, tokenLifetimeMs);
  const onRevoked: (() => void)[] = [];
  const revoke = (some: readonly Revocation[]): void => {
    const added = some.filter(revocations.add);
    if (added.length > 0) for (const listener of onRevoked) listener();
  };
  const unread = (error: unknown) =>
    logger.warn({ reason: String(error) }, 'revoked sessions could not be read from redis');
  const unkept = (error: unknown) =>
    logger.warn({ reason: String(error) }, 'revoked sessions could not be kept in redis');
  // Until it is read, ended sessions are let in for as long as their tokens live; and so does whoever starts until it is kept.
  const reading = redis && shared && insist(redis, async () => revoke(await shared.load()), unread);
  const keeping = redis && shared && insist(redis, shared.saveWaiting, unkept);

  const cache = config.RESPONSE_CACHE
    ? createResponseCache({
        store: redis ? createRedisStore(redis) : createMemoryStore(),
        keyOf,
        hearsChanges: () => messages?.hears() ?? true,
        logger,
        metrics,
      })
    : undefined;

  const messages = config.NATS_URL
    ? connectMessages({
        url: config.NATS_URL,
        listeners: {
          [config.NATS_INVALIDATION_SUBJECT]: (message) => void cache?.changed(readChanges(message)),
          [config.NATS_REVOCATION_SUBJECT]: (message) => {
            const revocation = readRevocation(message);
            revoke([revocation]);
            shared?.wait(revocation);
            keeping?.attempt();
          },
        },
        onHearing: () => {
          void cache?.forgetAll();
          reading?.attempt();
        },
        logger,
      })
    : undefined;

  return {
    cache,
    isRevoked: revocations.isRevoked,
    onRevoked: (listener) => void onRevoked.push(listener),
    close: async () => {
      reading?.stop();
      keeping?.stop();
      await messages?.close();
    },
  };
};
