import { askAtRate } from '../stage/open-loop.ts';
import type { ShopFront } from './shop-front.ts';
import type { Watcher } from './watch-order.ts';

/** What buyers waited for at a fixed rate of orders a second, in milliseconds from when each was due. */
export type Pace = {
  readonly rate: number;
  /** Until `placeOrder` answered. */
  readonly placing: readonly number[];
  /** Until the buyer's subscription said CONFIRMED. */
  readonly untilSeen: readonly number[];
};

/** Places orders at a fixed rate for so long, each by a buyer of their own who watches it until it is confirmed, and leaves at the end. */
export const keepPace = async (
  front: ShopFront,
  watchers: readonly Watcher[],
  rate: number,
  seconds: number,
): Promise<Pace> => {
  const placing: number[] = [];
  const { took: untilSeen } = await askAtRate(
    async (turn, due) => {
      const watcher = watchers[turn];
      if (!watcher) throw new Error('more turns than buyers');
      const orderId = await front.place(watcher.buyer);
      placing.push(performance.now() - due);
      await watcher.sees(orderId);
    },
    rate,
    seconds,
  );
  await Promise.all(watchers.map((watcher) => watcher.close()));
  return { rate, placing, untilSeen };
};
