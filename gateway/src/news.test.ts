import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { it } from 'vitest';
import { loadConfig } from './config.ts';
import { listenForNews } from './news.ts';
import { eventually } from './testing/eventually.ts';

it('asks again for revoked sessions when a Redis that is connected was late', async () => {
  const answers = [
    () => Promise.reject(new Error('Command timed out')),
    () => Promise.resolve([JSON.stringify(['trudy', Date.now()])]),
  ];
  const redis = Object.assign(new EventEmitter(), {
    status: 'ready',
    zrangebyscore: () => (answers.shift() ?? (() => Promise.resolve([])))(),
  });
  const news = listenForNews({
    config: loadConfig({ RESPONSE_CACHE: 'false' }),
    redis: redis as unknown as Redis,
    keyOf: () => undefined,
    logger: { warn: () => undefined } as never,
    metrics: {} as never,
  });
  redis.emit('ready');
  await eventually(() => news.isRevoked({ subject: 'trudy', issuedAt: 0 })).toBe(true);
  await news.close();
});
