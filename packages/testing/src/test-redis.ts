import path from 'node:path';
import { randomPassword } from '@emporium/database';
import { freePort, startRedis } from '@emporium/local-stack';
import { serverFolder } from './test-folder.ts';

/** A Redis for one test alone. */
export type TestRedis = { url: string; stop(): Promise<void> };

/** Starts an empty Redis. Stop it in `afterAll`. */
export const testRedis = async (): Promise<TestRedis> => {
  const folder = serverFolder('redis');
  const { url, stop } = await startRedis({
    dataFolder: path.join(folder, 'data'),
    port: await freePort(),
    password: randomPassword(),
    logFile: path.join(folder, 'redis.log'),
    pidFolder: path.join(folder, 'run'),
  });
  return { url, stop };
};
