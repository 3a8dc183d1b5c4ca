import type { Violation } from '@emporium/audit';
import type { Graph } from '@emporium/local-stack';
import type { Wires } from '../proxy/wires.ts';
import type { Visitor } from '../visitors/pages.ts';

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
  /** In the handful that runs with the tests: by itself, or with the others like it, one after another. */
  readonly short?: 'by itself' | 'in turn';
  /** Milliseconds that it stays broken, at least; 1,500 unless said. */
  readonly holdMs?: number;
  /** Seconds within which all is settled once it has healed; 30 unless said. */
  readonly settleWithinS?: number;
  /** Orders are taken while it is broken, and each whose card is good is confirmed in the end. */
  readonly takesOrders?: boolean;
  /** Why it cannot be done here; nothing where it can. */
  readonly skip?: (stage: Stage) => string | undefined;
  readonly break: (stage: Stage) => Promise<unknown> | unknown;
  /** Where breaking it does not tell by itself: whether anything has met the fault. It stays broken until something has. */
  readonly felt?: (stage: Stage) => boolean;
  /** Looked at while it is broken: what a visitor is not shown and should be. */
  readonly meanwhile?: (visitor: Visitor) => Promise<readonly Violation[]>;
  readonly heal: (stage: Stage) => Promise<unknown> | unknown;
};

/** Faults of one kind, and what is done in each, for whoever reads the table. */
export type Kind = { readonly title: string; readonly says: string; readonly faults: readonly Fault[] };
