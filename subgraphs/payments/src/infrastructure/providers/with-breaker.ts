import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel';
import type { CardProvider } from '../../application/card-provider.ts';

export type BreakerOptions = {
  /** It opens after so many silences in a row. */
  readonly silences?: number;
  /** And lets one through again after so long. */
  readonly openMs?: number;
};

/**
 * A provider that is left alone for a while when it does not answer: what is sent to it meanwhile surely has not reached it, so
 * that another may be asked. For one that has no other beside it, it would only add waiting.
 */
export const withBreaker = (
  provider: CardProvider,
  { silences = 5, openMs = 10_000 }: BreakerOptions = {},
): CardProvider => {
  const breaker = circuitBreaker(handleWhenResult(isSilence), {
    halfOpenAfter: openMs,
    breaker: new ConsecutiveBreaker(silences),
  });
  const guarded = <Outcome, Open>(ask: () => Promise<Outcome>, open: Open): Promise<Outcome | Open> =>
    breaker.execute(ask).catch((error: unknown) => {
      if (error instanceof BrokenCircuitError) return open;
      throw error;
    });
  const { cancel } = provider;
  return {
    capture: (capture) => guarded(() => provider.capture(capture), { type: 'UNREACHED' } as const),
    findCapture: (capture) => guarded(() => provider.findCapture(capture), { type: 'UNKNOWN' } as const),
    ...(cancel && { cancel: (capture) => guarded(() => cancel(capture), { type: 'UNKNOWN' } as const) }),
    refund: (request) => guarded(() => provider.refund(request), 'UNKNOWN' as const),
    payout: (request) => guarded(() => provider.payout(request), 'UNKNOWN' as const),
    saveMethod: (request) => guarded(() => provider.saveMethod(request), { type: 'UNKNOWN' } as const),
    findMethod: (key) => guarded(() => provider.findMethod(key), { type: 'UNKNOWN' } as const),
    forgetMethod: (request) => guarded(() => provider.forgetMethod(request), 'UNKNOWN' as const),
  };
};

const isSilence = (answer: unknown): boolean => {
  const type = typeof answer === 'object' && answer && 'type' in answer ? answer.type : answer;
  return type === 'UNKNOWN' || type === 'UNREACHED';
};
