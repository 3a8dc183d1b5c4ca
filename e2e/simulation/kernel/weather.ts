import type { Noise } from './noise.ts';
import { never, type Process } from './process.ts';
import type { Scheduler } from './scheduler.ts';

/** Where a process may die: just before it does one of these, or just after. */
export const boundaries = ['commit', 'publish', 'ack', 'provider'] as const;
export type Boundary = (typeof boundaries)[number];

/** What goes wrong, and when; a crash comes with the first boundary of its kind from then on. */
export type Fault =
  | {
      readonly type: 'CRASH';
      readonly at: number;
      readonly subgraph: string;
      readonly boundary: Boundary;
      readonly when: 'before' | 'after';
      readonly downMs: number;
    }
  | {
      readonly type: 'DATABASE_AWAY';
      readonly at: number;
      readonly subgraph: string;
      readonly forMs: number;
    }
  | { readonly type: 'BROKER_AWAY' | 'PROVIDER_SILENT'; readonly at: number; readonly forMs: number };

/** All that may go wrong, and whether it still does: after the storm comes quiet. */
export type Weather = {
  readonly scheduler: Scheduler;
  readonly noise: Noise;
  isCalm(): boolean;
  calm(): void;
  /** Something that goes wrong now and then, while the storm lasts. */
  strikes(place: string, probability: number): boolean;
  isAway(what: 'DATABASE_AWAY' | 'BROKER_AWAY' | 'PROVIDER_SILENT', subgraph?: string): boolean;
  /** The same at any time since then: connections of before are lost. */
  hasLostDatabase(subgraph: string, since: number): boolean;
  /** Dies here, if it is to; whoever is dead stays here for ever. */
  pass(process: Process, boundary: Boundary, when: 'before' | 'after'): Promise<void>;
  /** The same where nobody can wait: false when the process is dead now. */
  survives(process: Process, boundary: Boundary, when: 'before' | 'after'): boolean;
};

export const createWeather = (
  scheduler: Scheduler,
  noise: Noise,
  faults: readonly Fault[],
  died: (process: Process, downMs: number) => void,
): Weather => {
  let calm = false;
  const crashes = new Set(faults.filter((fault) => fault.type === 'CRASH'));
  const survives: Weather['survives'] = (process, boundary, when) => {
    if (!process.isAlive()) return false;
    if (calm) return true;
    for (const crash of crashes) {
      const isHere = crash.subgraph === process.name && crash.boundary === boundary && crash.when === when;
      if (!isHere || crash.at > scheduler.now()) continue;
      crashes.delete(crash);
      process.kill();
      died(process, crash.downMs);
      return false;
    }
    return true;
  };
  return {
    scheduler,
    noise,
    isCalm: () => calm,
    calm: () => {
      calm = true;
    },
    strikes: (place, probability) => !calm && noise.happens(place, probability),
    isAway: (what, subgraph) =>
      !calm &&
      faults.some(
        (fault) =>
          fault.type === what &&
          (fault.type !== 'DATABASE_AWAY' || fault.subgraph === subgraph) &&
          fault.at <= scheduler.now() &&
          scheduler.now() < fault.at + fault.forMs,
      ),
    hasLostDatabase: (subgraph, since) =>
      faults.some(
        (fault) =>
          fault.type === 'DATABASE_AWAY' &&
          fault.subgraph === subgraph &&
          fault.at <= scheduler.now() &&
          since < fault.at + fault.forMs,
      ),
    survives,
    pass: (process, boundary, when) => (survives(process, boundary, when) ? Promise.resolve() : never()),
  };
};
