import type { Tracer } from '@emporium/telemetry';
import { withCause } from './cause.ts';
import type { InboxOutcome, Readable } from './inbox.ts';

type Handle = (messages: readonly Readable[]) => Promise<InboxOutcome>;

/** Runs the handling of one message, or of a batch; what follows from it continues the trace. */
export type TraceHandling = (messages: readonly Readable[], handle: Handle) => Promise<InboxOutcome>;

/** The handling continues its message's trace; a batch has one of its own, which is linked with those of its messages. */
export const createTraceHandling = (tracer: Tracer | null | undefined, consumer: string): TraceHandling => {
  if (!tracer) return (messages, handle) => handle(messages);
  return async (messages, handle) => {
    const traceparents = messages
      .map(({ received }) => received.traceparent)
      .filter((traceparent) => traceparent !== undefined);
    const [first] = messages;
    const isAlone = messages.length === 1;
    const span = tracer.start(`process ${first?.subject}`, {
      kind: 'consumer',
      ...(isAlone ? { parent: traceparents[0] } : { links: traceparents }),
      attributes: {
        'messaging.consumer.group.name': consumer,
        'messaging.batch.message_count': messages.length,
        ...(isAlone && { 'messaging.message.id': first?.received.id }),
      },
    });
    const { traceparent } = span;
    const continued = isAlone
      ? messages.map((message) => ({ ...message, received: { ...message.received, traceparent } }))
      : messages;
    try {
      const outcome = await withCause({ traceparent }, () => handle(continued));
      span.describe({ 'messaging.outcome': outcome });
      span.end(outcome === 'parked' ? 'parked' : undefined);
      return outcome;
    } catch (error) {
      span.end(error instanceof Error ? error.name : 'failed');
      throw error;
    }
  };
};
