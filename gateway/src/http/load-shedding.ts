import type { ServerResponse } from 'node:http';
import { overloaded } from '../errors.ts';
import type { Metrics } from '../metrics.ts';
import { type Route, sendError } from './send.ts';

export type LoadLimits = {
  readonly maxRequestsInFlight: number;
  readonly maxEventLoopDelayMs: number;
};

export type LoadShedding = {
  /** Whether nothing more should be begun. */
  isOverloaded(): boolean;
  /** Answers 503 and returns false while there is too much to do. */
  admits(response: ServerResponse): boolean;
  /** The same route, refused in that way, and counted while it answers. */
  shed(route: Route): Route;
  stop(): void;
};

const sampledMs = 50;
const retryAfterSeconds = '1';

/**
 * Refuses operations before they would make all others late: when too many are under way, or when the event loop has been
 * late for a while. What was begun is finished.
 */
export const createLoadShedding = (
  { maxRequestsInFlight, maxEventLoopDelayMs }: LoadLimits,
  metrics: Metrics,
): LoadShedding => {
  let inFlight = 0;
  let delayMs = 0;
  let dueAt = performance.now() + sampledMs;
  // By a timer's own lateness: Node's histogram records nothing of turns that are longer than the time between two readings of it.
  const sampling = setInterval(() => {
    const now = performance.now();
    delayMs = smoothed(delayMs, Math.max(0, now - dueAt));
    dueAt = now + sampledMs;
  }, sampledMs).unref();

  const reason = (): 'requests_in_flight' | 'event_loop' | null => {
    if (inFlight >= maxRequestsInFlight) return 'requests_in_flight';
    return delayMs > maxEventLoopDelayMs ? 'event_loop' : null;
  };

  const admits = (response: ServerResponse): boolean => {
    const tooMuch = reason();
    if (tooMuch === null) return true;
    metrics.shed.inc({ reason: tooMuch });
    response.setHeader('retry-after', retryAfterSeconds);
    sendError(response, 503, 'OVERLOADED', overloaded().message);
    return false;
  };

  return {
    isOverloaded: () => reason() !== null,
    admits,
    shed: (route) => (request, response) => {
      if (!admits(response)) return;
      inFlight += 1;
      response.on('close', () => {
        inFlight -= 1;
      });
      return route(request, response);
    },
    stop: () => clearInterval(sampling),
  };
};

/** One long turn of the loop, such as a garbage collection, is no overload; two in a row are. */
const smoothed = (before: number, sample: number): number => (before + sample) / 2;
