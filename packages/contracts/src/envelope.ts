import { z } from 'zod';
import type { EventDefinition, PayloadOf } from './define-event.ts';
import { instant } from './wire.ts';

/** What wraps every payload on the wire. `id` is also the broker's message id. */
export const envelope = z.object({
  id: z.string().min(1),
  occurredAt: instant(),
  /** The order's id through a purchase; elsewhere the id of the first event of the chain. */
  correlationId: z.string().min(1),
  /** The event that this one follows from. */
  causationId: z.string().optional(),
  /** W3C trace context. */
  traceparent: z.string().optional(),
  payload: z.unknown(),
});

/** An envelope as it travels. */
export type WireEnvelope = z.input<typeof envelope>;

/** An event as a handler receives it. */
export type Received<Event extends EventDefinition = EventDefinition> = Omit<
  z.output<typeof envelope>,
  'payload'
> & {
  readonly payload: PayloadOf<Event>;
};

/** Reads one message of this event; throws a ZodError that says what is wrong with it. */
export const decodeEvent = <Event extends EventDefinition>(
  event: Event,
  message: unknown,
): Received<Event> => {
  const { payload, ...rest } = envelope.parse(message);
  return { ...rest, payload: event.payload.parse(payload) as PayloadOf<Event> };
};
