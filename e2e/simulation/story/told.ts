import type { OrderId } from '../../../subgraphs/orders/src/application/ports.ts';
import type { Followed } from './follower.ts';

/** What clients were told, to be held against what there is. */
export type Told = {
  /** The order of each purchase, by its operation. */
  readonly orders: Map<string, OrderId>;
  readonly followed: Followed[];
  /** Of people who are not signed in, by their number: what opens their cart. */
  readonly cartTokens: Map<number, string>;
  /** What opens a guest's order, by its operation. */
  readonly orderTokens: Map<string, string>;
  /** Who was told that an order is theirs now. */
  readonly claims: { readonly of: string; readonly buyerId: string }[];
  /** What should have been an answer. */
  readonly thrown: string[];
  /** What each operation came to, for a story that is read by people. */
  readonly outcomes: Map<string, string>;
};

export const nothingTold = (): Told => ({
  ...{ orders: new Map(), followed: [], thrown: [], outcomes: new Map() },
  ...{ cartTokens: new Map(), orderTokens: new Map(), claims: [] },
});
