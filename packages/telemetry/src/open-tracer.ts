import type { Context, SpanContext } from '@opentelemetry/api';
import { readTraceparent, type TracePlace, writeTraceparent } from './traceparent.ts';
import type { Tracer } from './tracer.ts';

type Options = {
  /** The name of the service, unless OTEL_SERVICE_NAME says another. */
  readonly service: string;
  /** Base URL of a collector that takes OTLP over HTTP; without it there is no tracer. */
  readonly endpoint: string | undefined;
  /** Hears that the collector did not take something. */
  readonly onFailure: (reason: string) => void;
};

/** How long the last spans may take to get out. */
const lastSpansMs = 3_000;

/**
 * Opens the way to the collector. OpenTelemetry is loaded only now; its own variables (OTEL_TRACES_SAMPLER, OTEL_BSP_*,
 * OTEL_EXPORTER_OTLP_HEADERS, OTEL_RESOURCE_ATTRIBUTES and so on) are read by its own libraries.
 */
export const openTracer = async ({ service, endpoint, onFailure }: Options): Promise<Tracer | null> => {
  if (endpoint === undefined) return null;
  const [api, sdk, otlp, { defaultResource, detectResources, envDetector, resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('opentelemetry-resources-2'),
    ]);
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api;
  const quiet = () => {};
  api.diag.setLogger(
    { error: onFailure, warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: api.DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );

  const provider = new sdk.NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': service }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [
      new sdk.BatchSpanProcessor(
        new otlp.OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` }),
      ),
    ],
  });
  const tracer = provider.getTracer('emporium');
  const kinds = {
    server: SpanKind.SERVER,
    client: SpanKind.CLIENT,
    producer: SpanKind.PRODUCER,
    consumer: SpanKind.CONSUMER,
    internal: SpanKind.INTERNAL,
  };
  const remote = (place: TracePlace): SpanContext => ({ ...place, isRemote: true });
  const contextOf = (parent: string | undefined): Context => {
    const place = readTraceparent(parent);
    return place ? trace.setSpanContext(ROOT_CONTEXT, remote(place)) : ROOT_CONTEXT;
  };

  return {
    start: (name, { kind, parent, links = [], attributes = {} }) => {
      const places = links.map(readTraceparent).filter((place) => place !== null);
      const span = tracer.startSpan(
        name,
        { kind: kinds[kind], attributes, links: places.map((place) => ({ context: remote(place) })) },
        contextOf(parent),
      );
      return {
        traceparent: writeTraceparent(span.spanContext()),
        describe: (more, newName) => {
          for (const [key, value] of Object.entries(more))
            if (value !== undefined) span.setAttribute(key, value);
          if (newName !== undefined) span.updateName(newName);
        },
        end: (failure) => {
          if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
          span.end();
        },
      };
    },
    stop: async () => {
      const late = new Promise((resolve) => setTimeout(resolve, lastSpansMs).unref());
      const sent = provider.shutdown().catch((error: unknown) => onFailure(String(error)));
      await Promise.race([sent, late]);
    },
  };
};
