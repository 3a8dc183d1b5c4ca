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

/** An order at one moment: its status, the sequence of its last event, and the changes that led there. */
export type Glimpse = {
  readonly status: OrderStatus;
  readonly version: number;
  readonly changes: readonly StatusChange[];
};

/** Port: where changes are read, and what says that it is time to read again. */
export type OrderFeed = {
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

/** NOT_FOUND: no order that the onlooker may see. NOT_REACHED: a sequence that the order has not come to. */
export type Following =
  | { readonly ok: true; readonly changes: AsyncIterableIterator<Followed> }
  | { readonly ok: false; readonly refusal: 'NOT_FOUND' | 'NOT_REACHED' };

/**
 * An order's changes of status: the present one first, or with `afterSequence` only what came after it; then each as it
 * comes, in order, none missed and none twice, until the order has ended. The database says what happened.
 *
 * One look tells whether there is anything to follow, and what comes first: unless the order moved since, it is not looked at again.
 */
export const followOrder =
  (feed: OrderFeed) =>
  async (id: OrderId, onlooker: Onlooker, afterSequence: number | null): Promise<Following> => {
    let seen = afterSequence;
    let first: Glimpse | null = null;
    let moved = false;
    const changes = follow<Followed>({
      look: async () => {
        const glimpse = first && !moved ? first : await feed.look(id, onlooker, seen);
        first = null;
        if (!glimpse) return { items: [{ readable: false }], isLast: true };
        seen = glimpse.changes.at(-1)?.sequence ?? seen;
        const items = glimpse.changes.map((change) => ({
          readable: true as const,
          orderId: id,
          ...change,
        }));
        return { items, isLast: isTerminal(glimpse.status) };
      },
      onWake: (wake) =>
        feed.onWake(id, () => {
          moved = true;
          wake();
        }),
      failed: feed.failed,
    });
    try {
      first = await feed.look(id, onlooker, seen);
    } catch (error) {
      await changes.return?.();
      throw error;
    }
    if (first && first.version >= (seen ?? 0)) return { ok: true, changes };
    await changes.return?.();
    return { ok: false, refusal: first ? 'NOT_REACHED' : 'NOT_FOUND' };
  };
