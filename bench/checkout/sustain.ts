import type { Buyer } from './buyers.ts';
import type { Confirmations } from './confirmations.ts';
import type { ShopFront } from './shop-front.ts';

/** So many purchases are under way at any time: enough that no part of the graph waits for the next one. */
export const underWay = 48;

export type Sustained = { readonly placed: number; readonly confirmed: number; readonly seconds: number };

/** Places orders one after the other, each once an earlier one is confirmed, for so long; counts those confirmed in that time. */
export const sustain = async (
  front: ShopFront,
  confirmations: Confirmations,
  buyers: readonly Buyer[],
  seconds: number,
): Promise<Sustained> => {
  const began = performance.now();
  const end = began + seconds * 1000;
  let placed = 0;
  let confirmed = 0;
  const buyOneAfterTheOther = async (): Promise<void> => {
    while (performance.now() < end) {
      const buyer = buyers[placed];
      if (!buyer)
        throw new Error(`more than ${buyers.length} orders in ${seconds} s: there are too few buyers`);
      placed += 1;
      await confirmations.confirmed(await front.place(buyer));
      if (performance.now() < end) confirmed += 1;
    }
  };
  await Promise.all(Array.from({ length: underWay }, buyOneAfterTheOther));
  return { placed, confirmed, seconds };
};
