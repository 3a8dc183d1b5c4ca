import type { OrderId } from '../../../subgraphs/orders/src/application/ports.ts';
import type { Followed } from './follower.ts';

/** What clients were told, to be held against what there is. */
export type Told = {
  /** The order of each purchase, by its operation. */
  readonly orders: Map<string, OrderId>;
  readonly followed: Followed[];
  /** What should have been an answer. */
  readonly thrown: string[];
  /** What each operation came to, for a story that is read by people. */
  readonly outcomes: Map<string, string>;
};

export const nothingTold = (): Told => ({
  ...{ orders: new Map(), followed: [], thrown: [], outcomes: new Map() },
});
