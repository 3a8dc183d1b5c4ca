import type { DocumentNode, GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { operationTooLarge, overloaded, rateLimited, rateLimitUnavailable } from '../errors.ts';
import { networkOf } from '../identity/network.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Metrics } from '../metrics.ts';
import { createPace } from './pace.ts';
import { createSharedCount, type SharedCount } from './shared-count.ts';
import { createCountStrictFields } from './strict-fields.ts';

/** The same Redis twice: one is told behind, the other is asked before a strict field runs, and may take its time. */
export type SharedCounts = { readonly told: Redis; readonly asked: Redis };

type Options = {
  /** Points per minute; 0 is no limit. */
  readonly perMinute: {
    /** Requests, sockets, and operations over sockets, from one address. */
    readonly requests: number;
    /** Operations of one signed-in viewer. */
    readonly operations: number;
    /** Strict fields, from one address. */
    readonly strictFields: number;
  };
  /** Root fields at which somebody might guess: each counts, and none runs that could not be counted. */
  readonly strictFields: readonly string[];
  /** How many of them one operation may have: it holds a place, and its client, until the last has run. */
  readonly mostStrictFields: number;
  /** Between the beginnings of two operations that have some. */
  readonly strictFieldsIntervalMs: number;
  /** What several gateways share; without it each counts for itself. */
  readonly redis: SharedCounts | null;
  readonly metrics: Metrics;
};

/** How much may be asked in a minute, by whom. Each counts what it lets through, and says why it does not. */
export type RateLimits = {
  ofAddress(address: string): GraphQLError | null;
  ofViewer(viewer: Viewer): GraphQLError | null;
  /** Null when the operation has no strict fields; else resolves when they may run, and rejects when they may not. */
  ofStrictFields(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    viewer: Viewer,
  ): Promise<void> | null;
  stop(): void;
};

const seconds = 60;

/** What somebody who signs in bears to wait; whoever would wait longer is told so at once. */
const longestPaceMs = 10_000;

export const createRateLimits = (options: Options): RateLimits => {
  const { perMinute, mostStrictFields, redis, metrics } = options;
  const requests = sharedCount(perMinute.requests, 'gateway:requests', redis?.told ?? null);
  const operations = sharedCount(perMinute.operations, 'gateway:operations', redis?.told ?? null);
  const own = new RateLimiterMemory({ points: perMinute.strictFields, duration: seconds });
  const shared = redis && redisLimiter(redis.asked, 'gateway:strict', perMinute.strictFields);
  const pace = createPace(options.strictFieldsIntervalMs, longestPaceMs);
  const count = createCountStrictFields(options.strictFields);

  const refuse = (limit: string, ms: number): GraphQLError => {
    metrics.rateLimited.inc({ limit });
    return rateLimited(Math.max(1, Math.ceil(ms / 1000)));
  };
  const take = (from: SharedCount | null, limit: string, key: string): GraphQLError | null => {
    const waitMs = from?.take(key) ?? null;
    return waitMs === null ? null : refuse(limit, waitMs);
  };
  const takeStrict = async (address: string, points: number): Promise<void> => {
    const network = networkOf(address);
    const consume = async (limiter: RateLimiterMemory | RateLimiterRedis): Promise<void> => {
      try {
        await limiter.consume(network, points);
      } catch (reason) {
        if (reason instanceof RateLimiterRes) throw refuse('strict fields', reason.msBeforeNext);
        throw rateLimitUnavailable();
      }
    };
    // First in this process: nobody takes more of everybody's turns than may run anyway.
    await consume(own);
    const wait = pace();
    if (wait === null) throw overloaded();
    if (wait > 0) await new Promise((begin) => setTimeout(begin, wait));
    if (shared) await consume(shared);
  };

  return {
    ofAddress: (address) => take(requests, 'requests', networkOf(address)),
    ofViewer: ({ id }) => (id === null ? null : take(operations, 'operations', id)),
    ofStrictFields: (document, operation, { address }) => {
      const points = count(document, operation);
      if (points > mostStrictFields) return Promise.reject(tooManyStrictFields(mostStrictFields));
      if (points === 0 || perMinute.strictFields === 0) return null;
      // More than all of them is as much as one could count.
      return takeStrict(address, Math.min(points, perMinute.strictFields + 1));
    },
    stop: () => {
      requests?.stop();
      operations?.stop();
    },
  };
};

const tooManyStrictFields = (most: number): GraphQLError =>
  operationTooLarge(
    `An operation may have at most ${most} fields such as a login, at which somebody could guess, under whatever aliases: send them one after another.`,
  );

const sharedCount = (points: number, keyPrefix: string, redis: Redis | null): SharedCount | null => {
  if (points === 0) return null;
  const limiter = redis && redisLimiter(redis, keyPrefix, points);
  return createSharedCount({
    points,
    windowMs: seconds * 1000,
    store: limiter && {
      add: async (key, added) => {
        const { consumedPoints, msBeforeNext } = await limiter.penalty(key, added);
        return { total: consumedPoints, msLeft: msBeforeNext };
      },
    },
  });
};

/** Whoever has used up the points is not counted again in this process: a flood never reaches Redis. */
const redisLimiter = (redis: Redis, keyPrefix: string, points: number): RateLimiterRedis =>
  new RateLimiterRedis({
    storeClient: redis,
    keyPrefix,
    points,
    duration: seconds,
    inMemoryBlockOnConsumed: points,
  });
