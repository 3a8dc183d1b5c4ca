import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Config } from '../config.ts';
import type { ServerDrain } from '../http/drain-server.ts';
import type { LoadShedding } from '../http/load-shedding.ts';
import type { Readiness } from '../http/readiness.ts';
import type { News } from '../news.ts';
import type { Instruments } from './instruments.ts';
import type { Execution } from './wire-execution.ts';
import type { WiredGraph } from './wire-graph.ts';
import type { Limits } from './wire-limits.ts';
import type { LiveParts } from './wire-live-parts.ts';

type Parts = {
  readonly config: Config;
  readonly readiness: Readiness;
  readonly serverDrain: ServerDrain;
  readonly live: LiveParts;
  readonly load: LoadShedding;
  readonly limits: Limits;
  readonly execution: Execution;
  readonly graph: WiredGraph;
  readonly news: News;
  readonly redis: Redis | null;
  readonly instruments: Instruments;
};

/** Stops from the outside in: what takes requests first, what those under way still need after them. Asked again, it is the same stop. */
export const wireDrain = (parts: Parts): (() => Promise<void>) => {
  const { config, readiness, serverDrain, live, load, limits, execution, graph, news, redis, instruments } =
    parts;
  const { logger } = instruments;
  const drain = async (): Promise<void> => {
    logger.info({ withinMs: config.DRAIN_DELAY_MS + config.DRAIN_TIMEOUT_MS }, 'draining');
    readiness.stop();
    serverDrain.announce();
    await pause(config.DRAIN_DELAY_MS);
    live.events.stop();
    await Promise.all([
      live.webSockets.stop(config.DRAIN_TIMEOUT_MS),
      serverDrain.close(config.DRAIN_TIMEOUT_MS),
    ]);
    load.stop();
    await execution.apollo.stop();
    await Promise.all([graph.subgraphs.close(), news.close()]);
    limits.stop();
    redis?.disconnect();
    await instruments.tracer?.stop();
    logger.info('drained');
  };
  let drained: Promise<void> | undefined;
  return () => {
    drained ??= drain();
    return drained;
  };
};
