import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { type Child, type ChildSpec, startChild } from '../processes/child.ts';
import { findProgram } from '../processes/find-program.ts';
import { waitUntilReady } from '../processes/wait-until.ts';

/** A private Redis for what may be lost: limits and caches. */
export type LocalRedis = { url: string; source: string; child: Child; stop(): Promise<void> };

/** Where its configuration lies, on which loopback port, and its password. */
export type RedisOptions = {
  dataFolder: string;
  port: number;
  password: string;
  logFile: string;
  pidFolder: string;
};

type Program = Pick<ChildSpec, 'command' | 'args' | 'env' | 'mark'> & { source: string };

const installed = (program: string, { dataFolder, port, password }: RedisOptions): Program => {
  const configFile = path.join(dataFolder, 'redis.conf');
  const lines = [`bind 127.0.0.1`, `port ${port}`, `requirepass ${password}`, 'save ""', 'appendonly no'];
  writeFileSync(configFile, `${lines.join('\n')}\ndir ${JSON.stringify(dataFolder)}\n`, { mode: 0o600 });
  // redis-server shows its address instead of its arguments; the port is ours alone.
  return { command: program, args: [configFile], mark: `:${port}`, source: program };
};

const inJavaScript = ({ dataFolder, port, password }: RedisOptions): Program => {
  return {
    command: process.execPath,
    args: [path.join(import.meta.dirname, '../../bin/js-redis.mjs'), String(port), dataFolder],
    env: { ...process.env, REDIS_PASSWORD: password },
    mark: dataFolder,
    source: 'js-redis-server, in memory',
  };
};

/** Whether a Redis answers under this URL, with its password. */
export const redisAnswers = async (url: string, withinMs = 2_000): Promise<boolean> => {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: null, connectTimeout: withinMs });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
};

/** Starts redis-server where there is one, else the Redis in JavaScript. */
export const startRedis = async (options: RedisOptions): Promise<LocalRedis> => {
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
  const onPath = findProgram('redis-server');
  const { source, ...program } = onPath === undefined ? inJavaScript(options) : installed(onPath, options);
  const child = await startChild({
    name: 'redis',
    ...program,
    logFile: options.logFile,
    pidFolder: options.pidFolder,
  });
  const url = `redis://:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}`;
  await waitUntilReady(child, () => redisAnswers(url), 15_000);
  return { url, source, child, stop: () => child.stop() };
};
