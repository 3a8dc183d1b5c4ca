import pLimit from 'p-limit';
import { awaitSettled } from './await-settled.ts';
import type { Basket } from './basket.ts';
import type { ShopCatalogue } from './catalogue.ts';
import { enter } from './customers.ts';
import { placeBasket } from './place-basket.ts';

/** What became of one invoice. */
export type Replayed = { readonly basket: Basket; readonly orderId: string; readonly status: string };

const atOnce = 6;

/** Places the baskets, each customer's one after another, several customers at once, and waits until each is settled. */
export const replayBaskets = async (
  url: string,
  baskets: readonly Basket[],
  catalogue: ShopCatalogue,
  onProgress: (orders: number) => void,
): Promise<readonly Replayed[]> => {
  const byCustomer = new Map<string, Basket[]>();
  for (const basket of baskets) {
    const key = basket.customer ?? `guest of ${basket.invoice}`;
    byCustomer.set(key, [...(byCustomer.get(key) ?? []), basket]);
  }
  const limit = pLimit(atOnce);
  const replayed = await Promise.all(
    [...byCustomer.values()].map((own) =>
      limit(async () => {
        const [first] = own;
        if (!first) return [];
        const customer = await enter(url, first);
        const orders: Replayed[] = [];
        try {
          for (const basket of own) {
            const orderId = await placeBasket(customer, basket, catalogue);
            orders.push({ basket, orderId, status: await awaitSettled(customer, orderId) });
            onProgress(1);
          }
        } finally {
          await customer.close();
        }
        return orders;
      }),
    ),
  );
  return replayed.flat();
};
