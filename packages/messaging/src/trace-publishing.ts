import { type Tracer, untilDone } from '@emporium/telemetry';
import type { Broker } from './broker.ts';

const traceparentOf = (body: string): string | undefined =>
  (JSON.parse(body) as { traceparent?: string }).traceparent;

/** A span for each message that is published, under the trace of what wrote it to the outbox. */
export const tracePublishing = (broker: Broker, tracer: Tracer | null | undefined): Broker => {
  if (!tracer) return broker;
  return {
    ...broker,
    publish: (message) => {
      const parent = traceparentOf(message.body);
      if (parent === undefined) return broker.publish(message);
      const attributes = { 'messaging.message.id': message.id };
      const span = tracer.start(`publish ${message.subject}`, { kind: 'producer', parent, attributes });
      return untilDone(span, broker.publish(message));
    },
  };
};
