import { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

/** How long a client may be kept waiting for Redis. */
export type Patience = { readonly answerWithinMs: number; readonly waitsForConnection: boolean };

/** For whoever has a way to do without. */
export const impatient: Patience = { answerWithinMs: 150, waitsForConnection: false };

/** For whoever must refuse without an answer: longer than a busy moment or a connection anew, and still only seconds. */
export const patient: Patience = { answerWithinMs: 2_000, waitsForConnection: true };

/** A connection whose commands fail within its patience, at once where connections are refused. Log lines name no URL. */
export const connectRedis = (url: string, logger: Logger, patience: Patience = impatient): Redis => {
  const redis = new Redis(url, {
    enableOfflineQueue: patience.waitsForConnection,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: patience.answerWithinMs,
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
