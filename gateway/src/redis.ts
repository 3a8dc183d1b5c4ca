import { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

/** Redis is asked while a client waits. */
const answerWithinMs = 150;

/** A connection that fails fast: whoever uses Redis has a way to do without. Log lines name no URL. */
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
