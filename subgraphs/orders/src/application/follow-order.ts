import type { Instant } from '@emporium/domain';
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

type Follower = { next(): Promise<Followed | null>; stop(): void };

const createFollower = (
  feed: OrderFeed,
  id: OrderId,
  onlooker: Onlooker,
  afterSequence: number | null,
): Follower => {
  const ready: Followed[] = [];
  let seen = afterSequence;
  let ended = false;
  let awake = true;
  let rouse = (): void => undefined;
  const wake = () => {
    awake = true;
    rouse();
  };
  const stopWaking = feed.onWake(id, wake);

  const untilAwake = () =>
    new Promise<void>((resolve) => {
      rouse = resolve;
      if (awake) resolve();
    });

  const end = () => {
    ended = true;
    stopWaking();
    wake();
  };

  const look = async (): Promise<void> => {
    awake = false;
    const glimpse = await feed.look(id, onlooker, seen);
    if (ended) return;
    if (!glimpse) {
      ready.push({ readable: false });
      return end();
    }
    ready.push(...glimpse.changes.map((change) => ({ readable: true as const, orderId: id, ...change })));
    seen = glimpse.changes.at(-1)?.sequence ?? seen;
    if (isTerminal(glimpse.status)) end();
  };

  return {
    stop: () => {
      ready.length = 0;
      end();
    },
    next: async () => {
      while (ready.length === 0 && !ended) {
        await untilAwake();
        if (!ended) await look().catch((error: unknown) => feed.failed(error));
      }
      return ready.shift() ?? null;
    },
  };
};

/**
 * An order's changes of status: the present one first, or with `afterSequence` only what came after it; then each as it
 * comes, in order, none missed and none twice, until the order has ended. The database says what happened; wake-ups only
 * say when to look. Hand-written, because a generator's `return` would wait behind its pending `next`.
 */
export const followOrder =
  (feed: OrderFeed) =>
  (id: OrderId, onlooker: Onlooker, afterSequence: number | null): AsyncIterableIterator<Followed> => {
    const follower = createFollower(feed, id, onlooker, afterSequence);
    let previous: Promise<unknown> = Promise.resolve();
    const stop = async (): Promise<IteratorResult<Followed>> => {
      follower.stop();
      return { done: true, value: undefined };
    };
    const iterator: AsyncIterableIterator<Followed> = {
      [Symbol.asyncIterator]: () => iterator,
      next: () => {
        const item = previous.then(() => follower.next());
        previous = item;
        return item.then((value) => (value ? { done: false, value } : { done: true, value: undefined }));
      },
      return: stop,
      throw: stop,
    };
    return iterator;
  };
