import { setTimeout as pause } from 'node:timers/promises';

/** Things that must have worked once before traffic is welcome; each says whether it works now. A throw is a no. */
export type Probes = Readonly<Record<string, () => Promise<boolean>>>;

export type Readiness = {
  isReady(): boolean;
  /** The probes that have not passed yet, by name. */
  waitingFor(): string[];
  /** Not ready any more: the process is about to stop. */
  stop(): void;
};

const firstPauseMs = 100;
const longestPauseMs = 2_000;

/** Tries each probe until it passes once. What passed stays passed: a later outage of one part is not the whole's. */
export const awaitReadiness = (probes: Probes): Readiness => {
  const waiting = new Set(Object.keys(probes));
  const stopping = new AbortController();

  const untilPassed = async (name: string, probe: () => Promise<boolean>): Promise<void> => {
    let pauseMs = firstPauseMs;
    while (!stopping.signal.aborted && !(await probe().catch(() => false))) {
      await pause(pauseMs, undefined, { signal: stopping.signal, ref: false });
      pauseMs = Math.min(longestPauseMs, pauseMs * 1.5);
    }
    waiting.delete(name);
  };
  for (const [name, probe] of Object.entries(probes)) untilPassed(name, probe).catch(() => {});

  return {
    isReady: () => waiting.size === 0 && !stopping.signal.aborted,
    waitingFor: () => [...waiting],
    stop: () => stopping.abort(),
  };
};
