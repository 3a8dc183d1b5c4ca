import { openTracer, type Tracer } from '@emporium/telemetry';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';
import { type Mask, maskError } from '../mask-error.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { createObserver, type Observer } from '../observation/observer.ts';

/** What all parts tell of themselves with: to whoever runs the gateway and, of errors, to clients. */
export type Instruments = {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer | null;
  readonly observer: Observer;
  readonly mask: Mask;
};

export const openInstruments = async (config: Config, logger: Logger): Promise<Instruments> => {
  const metrics = createMetrics();
  const tracer = await openTracer({
    service: 'gateway',
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    onFailure: (reason) => logger.warn({ reason }, 'the collector did not take spans'),
  });
  const limits = { maxOperations: config.METRICS_OPERATIONS, maxClients: config.METRICS_CLIENTS };
  return {
    logger,
    metrics,
    tracer,
    observer: createObserver({ metrics, limits, tracer, logger }),
    mask: maskError(logger, !config.INTROSPECTION),
  };
};
