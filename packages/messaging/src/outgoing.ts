import type { EventDefinition, PayloadOf, WireEnvelope } from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import { v7 as newId } from 'uuid';
import { currentCause } from './cause.ts';

/** An event ready to be appended to the outbox. */
export type OutgoingMessage = {
  /** UUIDv7; also the broker's message id and the receivers' inbox key. */
  readonly id: string;
  readonly subject: string;
  /** Messages of one aggregate are published in the order in which they were appended. */
  readonly aggregateId: string;
  readonly envelope: WireEnvelope;
};

type About = {
  readonly aggregateId: string;
  readonly occurredAt: Instant;
  /** Default: the current cause's, else the aggregate's id. */
  readonly correlationId?: string | undefined;
};

/**
 * A typed event to send. Causation, correlation and trace come from the cause that it is made under. Throws a
 * ZodError when the payload breaks the contract: that is a bug of the sender.
 */
export const outgoing = <Event extends EventDefinition>(
  event: Event,
  payload: PayloadOf<Event>,
  { aggregateId, occurredAt, correlationId }: About,
): OutgoingMessage => {
  const id = newId();
  const cause = currentCause();
  const envelope: WireEnvelope = {
    id,
    occurredAt,
    correlationId: correlationId ?? cause.correlationId ?? aggregateId,
    ...(cause.causationId !== undefined && { causationId: cause.causationId }),
    ...(cause.traceparent !== undefined && { traceparent: cause.traceparent }),
    payload: event.payload.encode(payload),
  };
  return { id, subject: event.subject, aggregateId, envelope };
};
