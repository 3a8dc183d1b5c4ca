import { connectRedis as connect } from '@emporium/redis';
import type { Logger } from '@emporium/subgraph';
import type { Redis } from 'ioredis';

export const connectRedis = (url: string, logger: Logger): Redis =>
  connect(url, logger, { commandTimeout: 1_000, without: 'limits count per process' });
