import { CircuitState, type IBreaker } from 'cockatiel';

type Options = {
  /** The share of failures above which it opens. */
  readonly failureRatio: number;
  /** Fewer than these, within the window, open nothing. */
  readonly least: number;
  readonly windowMs: number;
};

type Slot = { turn: number; successes: number; failures: number };

const slots = 10;

/**
 * Judges by what happened in the last `windowMs`, whether or not anything happened between: cockatiel's own sampling drops one
 * slot of its window per call, so that successes from before a quiet spell would outvote an outage after it.
 */
export const slidingWindow = ({ failureRatio, least, windowMs }: Options): IBreaker => {
  const slotMs = windowMs / slots;
  let ring: Slot[] = [];

  const forget = (): void => {
    ring = Array.from({ length: slots }, () => ({ turn: -1, successes: 0, failures: 0 }));
  };
  const slotNow = (): Slot => {
    const turn = Math.floor(Date.now() / slotMs);
    const slot = ring[turn % slots] as Slot;
    if (slot.turn !== turn) Object.assign(slot, { turn, successes: 0, failures: 0 });
    return slot;
  };
  const isTooMuch = (): boolean => {
    const oldest = Math.floor(Date.now() / slotMs) - slots;
    let failures = 0;
    let total = 0;
    for (const slot of ring) {
      if (slot.turn <= oldest) continue;
      failures += slot.failures;
      total += slot.failures + slot.successes;
    }
    return total >= least && failures > failureRatio * total;
  };

  forget();
  return {
    state: undefined, // nothing of it outlives the process
    success: (state) => {
      if (state === CircuitState.HalfOpen) forget();
      slotNow().successes += 1;
    },
    failure: (state) => {
      slotNow().failures += 1;
      return state !== CircuitState.Closed || isTooMuch();
    },
  };
};
