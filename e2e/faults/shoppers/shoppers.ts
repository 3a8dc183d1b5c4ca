/** People who buy, look at their order and watch it whatever happens to the shop, as a client does that tries again. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@emporium/client';
import { readOrder } from '../../graph/operations.ts';
import type { Article, openShop } from '../../graph/shop.ts';
import { type Shown, watchOrder } from './watch.ts';

/** An order that a buyer was told of, and what they saw of it since. */
export type Bought = {
  readonly orderId: string;
  /** Its card is one that is declined. */
  readonly isDeclined?: boolean;
  readonly shown: Shown[];
};

export type Shoppers = {
  readonly bought: readonly Bought[];
  /** Wishes that became nothing: the cart was empty, and no order was made of it. */
  readonly lost: readonly { readonly key: string }[];
  /** Resolves when so many more have been bought than now; to false when that takes longer than `withinMs`. */
  more(orders: number, withinMs?: number): Promise<boolean>;
  /** Nobody begins another purchase; resolves when those begun are placed, or were given up. */
  stopBuying(): Promise<void>;
  /** Resolves when every watcher has seen the end of its order. */
  allSettled(): Promise<void>;
  /** Ends all watching. */
  leave(): void;
};

type Shop = ReturnType<typeof openShop>;

/** Every fourth card is declined, so that some purchases fail as they should. */
const declinedOneOf = 4;
/** Milliseconds between two purchases of one buyer, while somebody waits for them. */
const hurryMs = 250;
/** A request that hangs is given up, as a browser would be closed, and made again with the same key. */
const patienceMs = 5_000;

const withPatience = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    delay(patienceMs).then(() => {
      throw new Error('no answer');
    }),
  ]);

/**
 * Each buyer buys one of the article after another until told to stop, and rests for `restMs` in between, unless somebody
 * waits for more.
 */
export const startShoppers = (
  shop: Shop,
  buyers: readonly Client[],
  article: Article,
  restMs = hurryMs,
): Shoppers => {
  const bought: Bought[] = [];
  const lost: { key: string }[] = [];
  const watching: Promise<void>[] = [];
  const leaving = new AbortController();
  setMaxListeners(0, leaving.signal); // one for each order that is watched
  let isOpen = true;
  let begun = 0;
  let waiting = 0;
  const rest = async () => {
    const since = performance.now();
    const isRested = () => performance.now() - since > (waiting > 0 ? hurryMs : restMs);
    while (isOpen && !isRested()) await delay(20);
  };

  const untilDone = async <T>(work: () => Promise<T | undefined>): Promise<T | undefined> => {
    while (!leaving.signal.aborted) {
      const done = await withPatience(work()).catch(() => undefined);
      if (done !== undefined) return done;
      await delay(200);
    }
    return undefined;
  };
  const buyOnce = async (buyer: Client) => {
    const key = randomUUID();
    begun += 1;
    const isDeclined = begun % declinedOneOf === 0;
    const token = isDeclined ? 'tok_declined' : 'tok_ok';
    await untilDone(async () => {
      const { addToCart } = await shop.addToCart(buyer, article.variantId, 1);
      return addToCart.__typename === 'Cart' ? true : undefined;
    });
    const placed = await untilDone(async () => {
      const result = await shop.placeOrder(buyer, { key, token });
      return result.__typename === 'Order' || result.code === 'EMPTY_CART' ? result : undefined;
    });
    if (placed === undefined) return;
    if (placed.__typename !== 'Order') {
      // Had an answer been lost that emptied it, there would be an order under this key.
      lost.push({ key });
      return;
    }
    const shown: Shown[] = [];
    bought.push({ orderId: placed.id, isDeclined, shown });
    watching.push(watchOrder(buyer, placed.id, shown, leaving.signal));
    // Asks every subgraph, and does not wait: whoever is away is missing from the page.
    buyer.request(readOrder, { id: placed.id }).catch(() => undefined);
  };
  const shopping = buyers.map(async (buyer) => {
    while (isOpen) {
      await buyOnce(buyer);
      await rest();
    }
  });

  return {
    bought,
    lost,
    more: async (orders, withinMs = Number.POSITIVE_INFINITY) => {
      const enough = bought.length + orders;
      const until = performance.now() + withinMs;
      waiting += 1;
      while (bought.length < enough && !leaving.signal.aborted && performance.now() < until)
        await delay(20);
      waiting -= 1;
      return bought.length >= enough;
    },
    stopBuying: async () => {
      isOpen = false;
      await Promise.all(shopping);
    },
    allSettled: async () => {
      await Promise.all(watching);
    },
    leave: () => leaving.abort(),
  };
};
