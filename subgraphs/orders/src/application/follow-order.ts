import type { Instant } from '@emporium/domain';
import { follow } from '@emporium/subgraph';
import type { Onlooker } from '../domain/may-read.ts';
import { isTerminal, type OrderStatus } from '../domain/order.ts';
import type { OrderId } from './ports.ts';

/** One change of an order's status. `sequence` rises, with gaps: not every event changes the status. */
export type StatusChange = {
  readonly sequence: number;
  readonly status: OrderStatus;
  readonly at: Instant;
};

/** An order at one moment: its status, and the changes that led there. */
export type Glimpse = { readonly status: OrderStatus; readonly changes: readonly StatusChange[] };

/** Port: where changes are read, and what says that it is time to read again. */
export type OrderFeed = {
  /** The sequence of the order's last event; 0 when there is none. */
  last(id: OrderId): Promise<number>;
  /**
   * Null when the onlooker may not see the order, or there is none. `changes` are those after the sequence, oldest first;
   * after null, only the last one.
   */
  look(id: OrderId, onlooker: Onlooker, after: number | null): Promise<Glimpse | null>;
  /** Calls `wake` whenever there may be something new, and now and then in any case. Returns the way to stop. */
  onWake(id: OrderId, wake: () => void): () => void;
  /** A look went wrong; the next wake-up tries again. */
  failed(error: unknown): void;
};

/** What a follower gets: changes, or last of all that it may not look any more. */
export type Followed =
  | ({ readonly readable: true; readonly orderId: OrderId } & StatusChange)
  | { readonly readable: false };

/**
 * An order's changes of status: the present one first, or with `afterSequence` only what came after it; then each as it
 * comes, in order, none missed and none twice, until the order has ended. The database says what happened.
 */
export const followOrder =
  (feed: OrderFeed) =>
  (id: OrderId, onlooker: Onlooker, afterSequence: number | null): AsyncIterableIterator<Followed> => {
    let seen = afterSequence;
    return follow<Followed>({
      look: async () => {
        const glimpse = await feed.look(id, onlooker, seen);
        if (!glimpse) return { items: [{ readable: false }], isLast: true };
        seen = glimpse.changes.at(-1)?.sequence ?? seen;
        const items = glimpse.changes.map((change) => ({
          readable: true as const,
          orderId: id,
          ...change,
        }));
        return { items, isLast: isTerminal(glimpse.status) };
      },
      onWake: (wake) => feed.onWake(id, wake),
      failed: feed.failed,
    });
  };
