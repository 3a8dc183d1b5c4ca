import type { Instant } from '@emporium/domain';
import { follow } from '@emporium/subgraph';
import type { OrderId, UserId } from './ports.ts';

/** An order that became a seller's to send. `sequence` rises by one with each that the seller receives. */
export type Received = {
  readonly sequence: number;
  readonly orderId: OrderId;
  readonly at: Instant;
};

/** Where a seller's list stood when they began to follow it: whoever knows that can go on from there. */
export type Standing = { readonly sequence: number; readonly orderId: null; readonly at: null };

/** Port: where received orders are read, and what says that it is time to read again. */
export type ReceivedFeed = {
  /** The sequence of the last one; 0 when there is none. */
  last(sellerId: UserId): Promise<number>;
  /** Oldest first. */
  after(sellerId: UserId, sequence: number, limit: number): Promise<readonly Received[]>;
  onWake(sellerId: UserId, wake: () => void): () => void;
  failed(error: unknown): void;
};

/** So many are read at once: whoever comes back after a year gets them in turns. */
const atOnce = 100;

/**
 * The orders that a seller receives, each once and in order: after a sequence, or from now on. Who comes without one is told
 * first where the list stands, so that nothing is lost when the connection breaks before the first order.
 */
export const followReceived =
  (feed: ReceivedFeed) =>
  (sellerId: UserId, afterSequence: number | null): AsyncIterableIterator<Received | Standing> => {
    let seen = afterSequence;
    return follow<Received | Standing>({
      look: async () => {
        if (seen === null) {
          seen = await feed.last(sellerId);
          return { items: [{ sequence: seen, orderId: null, at: null }], hasMore: true };
        }
        const items = await feed.after(sellerId, seen, atOnce);
        seen = items.at(-1)?.sequence ?? seen;
        return { items, hasMore: items.length === atOnce };
      },
      onWake: (wake) => feed.onWake(sellerId, wake),
      failed: feed.failed,
    });
  };
