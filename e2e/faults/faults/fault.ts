import type { Graph } from '@emporium/local-stack';
import type { Wires } from '../proxy/wires.ts';

/** The shop that is broken, and what faults need of it. */
export type Stage = {
  readonly graph: Graph;
  readonly wires: Wires;
  readonly dataFolder: string;
  /** The data folder is a disk of its own, small enough to be filled. */
  readonly hasSmallDisk: boolean;
  /** Where a crash point is armed. */
  readonly crashPoints: string;
  /** More variables for a service, as it is told them at its next start. */
  readonly extraEnv: Record<string, Record<string, string | undefined>>;
};

/** One way in which the shop breaks. */
export type Fault = {
  readonly name: string;
  /** In the handful that runs with the tests. */
  readonly short?: boolean;
  /** Milliseconds that it stays broken; 1,500 unless said. */
  readonly holdMs?: number;
  /** Seconds within which all is settled once it has healed; 30 unless said. */
  readonly settleWithinS?: number;
  /** Why it cannot be done here; nothing where it can. */
  readonly skip?: (stage: Stage) => string | undefined;
  readonly break: (stage: Stage) => Promise<unknown> | unknown;
  /** Asked while it is broken, where breaking it does not tell by itself: whether anything met the fault. */
  readonly felt?: (stage: Stage) => boolean;
  readonly heal: (stage: Stage) => Promise<unknown> | unknown;
};
