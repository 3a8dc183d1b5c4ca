import { BrokenCircuitError, CircuitState, circuitBreaker, handleWhen } from 'cockatiel';
import type { SubgraphTransport } from '../subgraph-transport.ts';
import { isOutage, saysAway } from './outage.ts';
import { slidingWindow } from './sliding-window.ts';

export type BreakerOptions = {
  /** The share of failed fetches, of those in the last ten seconds, above which the breaker opens. */
  readonly failureRatio: number;
  /** Fewer fetches than these, in ten seconds, open no breaker. */
  readonly minFetches: number;
  /** How long it stays open before one fetch is let through to see. */
  readonly openMs: number;
};

export type BreakerState = 'closed' | 'open' | 'half-open';

const observedMs = 10_000;

const names: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

/**
 * Asks no subgraph that is away: once most fetches fail, the rest fail at once with BrokenCircuitError. After a while one
 * fetch is let through; by its end the breaker closes, or stays open for as long again. Others do not wait for it.
 */
export const withBreaker = (
  transport: SubgraphTransport,
  { failureRatio, minFetches, openMs }: BreakerOptions,
  onState: (state: BreakerState) => void,
): SubgraphTransport => {
  const breaker = circuitBreaker(
    handleWhen(isOutage).orWhenResult((answer) => saysAway(answer as never)),
    {
      halfOpenAfter: openMs,
      breaker: slidingWindow({ failureRatio, least: minFetches, windowMs: observedMs }),
    },
  );
  breaker.onStateChange((state) => onState(names[state]));
  return {
    ...transport,
    post: (body, headers, mayRepeat) =>
      breaker.state === CircuitState.HalfOpen
        ? Promise.reject(new BrokenCircuitError())
        : breaker.execute(() => transport.post(body, headers, mayRepeat)),
  };
};
