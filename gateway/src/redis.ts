import { connectRedis as connect } from '@emporium/redis';
import type { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

/** Redis is asked while a client waits. */
const answerWithinMs = 150;

export const connectRedis = (url: string, logger: Logger, commandTimeout = answerWithinMs): Redis =>
  connect(url, logger, { commandTimeout, without: 'going on without' });

/**
 * A second connection, for whoever must refuse without an answer: it waits through a busy moment, or for a connection that is
 * made anew, and still fails at once where connections are refused. The first one tells the log.
 */
export const connectPatiently = (first: Redis): Redis => {
  const redis = first.duplicate({ enableOfflineQueue: true, commandTimeout: 2_000 });
  redis.on('error', () => {});
  return redis;
};
