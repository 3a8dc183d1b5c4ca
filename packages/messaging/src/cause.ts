import { AsyncLocalStorage } from 'node:async_hooks';
import type { Received } from '@emporium/contracts';

/** Why something happens: what the events that follow from it will name. */
export type Cause = {
  /** The whole story: the order's id through a purchase. */
  readonly correlationId?: string | undefined;
  /** The event being handled. */
  readonly causationId?: string | undefined;
  /** W3C trace context. */
  readonly traceparent?: string | undefined;
  /** The request that it began with, for the log; it does not travel in events. */
  readonly requestId?: string | undefined;
};

const storage = new AsyncLocalStorage<Cause>();

/** Runs `work`, and whatever it awaits, under the given cause. */
export const withCause = <T>(cause: Cause, work: () => T): T => storage.run(cause, work);

/** The cause that this code runs under; empty outside of `withCause`. */
export const currentCause = (): Cause => storage.getStore() ?? {};

/** The cause that an event is to whatever its handler does; a batch handler sets it per event. */
export const causeOf = ({ id, correlationId, traceparent }: Omit<Received, 'payload'>): Cause => ({
  correlationId,
  causationId: id,
  traceparent,
});
