import { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

/** Redis is asked while a client waits. */
const answerWithinMs = 150;

/** A connection that fails fast: whoever uses it has a way to do without. Log lines name no URL. */
export const connectRedis = (url: string, logger: Logger, commandTimeout = answerWithinMs): Redis => {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout,
  });
  let isDown = false;
  redis.on('ready', () => {
    if (isDown) logger.info('redis answers again');
    isDown = false;
  });
  redis.on('error', (error) => {
    if (!isDown) logger.warn({ reason: error.message }, 'redis does not answer; going on without');
    isDown = true;
  });
  return redis;
};

/**
 * A second connection, for whoever must refuse without an answer: it waits through a busy moment, or for a connection that is
 * made anew, and still fails at once where connections are refused. The first one tells the log.
 */
export const connectPatiently = (first: Redis): Redis => {
  const redis = first.duplicate({ enableOfflineQueue: true, commandTimeout: 2_000 });
  redis.on('error', () => {});
  return redis;
};
