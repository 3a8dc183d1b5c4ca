import { follow } from '@emporium/subgraph';
import type { UserId } from './ports.ts';
import type { WalletEntryView } from './views.ts';

/** Where somebody stands in what comes into and goes out of their wallets: after a transaction's entry. */
export type WalletPlace = { readonly transaction: bigint; readonly position: bigint };

export type FollowedEntry = { readonly place: WalletPlace; readonly entry: WalletEntryView };

/** An entry, or at first only where the wallets stood when their owner began to follow them. */
export type WalletNews = FollowedEntry | { readonly place: WalletPlace; readonly entry: null };

/** Port: where entries are read, and what says that it is time to read again. */
export type WalletFeed = {
  /** After all that nothing can come before any more, and the positions of what the user has beyond it already. */
  here(
    userId: UserId,
  ): Promise<{ readonly place: WalletPlace; readonly known: ReadonlySet<WalletPlace['position']> }>;
  /**
   * Oldest first, of all the user's wallets. An entry before which another could still come, because a transaction that began
   * earlier has not ended, waits for that: whoever goes on from an entry misses none.
   */
  after(userId: UserId, place: WalletPlace, limit: number): Promise<readonly FollowedEntry[]>;
  onWake(userId: UserId, wake: () => void): () => void;
  /** A look went wrong; the next wake-up tries again. */
  failed(error: unknown): void;
};

/** So many are read at once: whoever comes back after a year gets them in turns. */
const atOnce = 100;

/** What comes into and goes out of a user's wallets, each once and in order: after a place, or from now on. */
export const followWallet =
  (feed: WalletFeed) =>
  (userId: UserId, after: WalletPlace | null): AsyncIterableIterator<WalletNews> => {
    let seen = after;
    let known: ReadonlySet<bigint> = new Set();
    return follow<WalletNews>({
      look: async () => {
        if (seen === null) {
          const here = await feed.here(userId);
          seen = here.place;
          known = here.known;
          return { items: [{ place: seen, entry: null }], hasMore: true };
        }
        const found = await feed.after(userId, seen, atOnce);
        seen = found.at(-1)?.place ?? seen;
        const items = found.filter(({ place }) => !known.has(place.position));
        return { items, hasMore: found.length === atOnce };
      },
      onWake: (wake) => feed.onWake(userId, wake),
      failed: feed.failed,
    });
  };
