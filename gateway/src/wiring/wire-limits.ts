import type { Redis } from 'ioredis';
import type { Config } from '../config.ts';
import { type Admit, createAdmit } from '../limits/admission.ts';
import { operationLimits } from '../limits/limits.ts';
import { createRateLimits, type RateLimits } from '../rate-limits/rate-limits.ts';
import { connectPatiently } from '../redis.ts';
import type { Instruments } from './instruments.ts';
import type { WiredGraph } from './wire-graph.ts';

type Parts = {
  readonly config: Config;
  readonly graph: WiredGraph;
  readonly redis: Redis | null;
  readonly instruments: Instruments;
};

/** How much one operation may ask, and how often somebody may ask. */
export type Limits = { readonly admit: Admit; readonly rateLimits: RateLimits; stop(): void };

export const wireLimits = ({ config, graph, redis, instruments }: Parts): Limits => {
  const { metrics } = instruments;
  const asked = redis && connectPatiently(redis);
  const rateLimits = createRateLimits({
    perMinute: {
      requests: config.LIMIT_REQUESTS_PER_MINUTE,
      operations: config.LIMIT_OPERATIONS_PER_MINUTE,
      strictFields: config.LIMIT_STRICT_FIELDS_PER_MINUTE,
    },
    strictFields: config.STRICT_FIELDS,
    mostStrictFields: config.MAX_STRICT_FIELDS,
    strictFieldsIntervalMs: config.STRICT_FIELDS_INTERVAL_MS,
    redis: redis && asked && { told: redis, asked },
    metrics,
  });
  return {
    admit: createAdmit(graph.current, operationLimits(config)),
    rateLimits,
    stop: () => {
      rateLimits.stop();
      asked?.disconnect();
    },
  };
};
