import { openTracer, type Tracer } from '@emporium/telemetry';
import type { Logger } from './logger.ts';

/** A service's way to the collector, where its configuration names one; one that is away is told in the log. */
export const openServiceTracer = (
  service: string,
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: { readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined },
  logger: Logger,
): Promise<Tracer | null> =>
  openTracer({
    service,
    endpoint,
    onFailure: (reason) => logger.warn({ reason }, 'the collector did not take spans'),
  });
