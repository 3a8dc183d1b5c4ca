import { Redis } from 'ioredis';
import type { Logger } from 'pino';

export { type Counter, count, createCounter, type Limited, take, waitLeft } from './counter.ts';

type Options = {
  /** How long an answer may take, in milliseconds. */
  readonly commandTimeout: number;
  /** What happens meanwhile, for the log: `limits count per process`. */
  readonly without: string;
};

/** A connection that fails fast: whoever uses it has a way to do without. Log lines name no URL. */
export const connectRedis = (url: string, logger: Logger, { commandTimeout, without }: Options): Redis => {
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
    if (!isDown) logger.warn({ reason: error.message }, `redis does not answer; ${without}`);
    isDown = true;
  });
  return redis;
};
