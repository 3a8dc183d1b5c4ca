import type { Followed as Change } from '../../../subgraphs/orders/src/application/follow-order.ts';
import type { OrderId, UserId } from '../../../subgraphs/orders/src/application/ports.ts';
import type { OrderStatus } from '../../../subgraphs/orders/src/domain/order.ts';
import type { Process } from '../kernel/process.ts';
import type { Shop } from '../shop/world.ts';

/** What somebody who follows an order was shown, in the order in which it came. */
export type Followed = {
  readonly orderId: OrderId;
  readonly shown: { readonly sequence: number; readonly status: OrderStatus }[];
};

/** Follows an order to its end, and comes back after every break to where it was. */
export const follow = (shop: Shop, id: string, orderId: OrderId, buyerId: UserId): Followed => {
  const { scheduler, weather, noise, orders } = shop;
  const followed: Followed = { orderId, shown: [] };
  const cut = Symbol('cut');
  const whenCut = (process: Process) =>
    new Promise<typeof cut>((resolve) => {
      process.onDeath(() => resolve(cut));
      if (weather.strikes(`${id} is cut`, 0.7))
        scheduler.later(null, noise.between(`${id} cut after`, 5, 15_000), `${id} is cut off`, () =>
          resolve(cut),
        );
    });
  /** True when nothing will ever come after. */
  const read = async (
    changes: AsyncIterableIterator<Change>,
    broken: Promise<typeof cut>,
  ): Promise<boolean> => {
    for (;;) {
      const next = await Promise.race([changes.next(), broken]);
      if (next === cut) {
        await changes.return?.();
        return false;
      }
      if (next.done) return true;
      if (next.value.readable)
        followed.shown.push({ sequence: next.value.sequence, status: next.value.status });
    }
  };
  const connect = async (): Promise<boolean> => {
    const { process, app } = orders.reach(id);
    if (!process.isAlive()) return false;
    const onlooker = { id: buyerId, roles: ['BUYER'], orderToken: null } as never;
    const after = followed.shown.at(-1)?.sequence ?? null;
    const broken = whenCut(process);
    const beginning = app.followOrder(orderId, onlooker, after);
    const following = await Promise.race([beginning, broken]);
    if (following === cut) {
      void beginning.then((begun) => (begun.ok ? begun.changes.return?.() : undefined));
      return false;
    }
    return following.ok ? read(following.changes, broken) : true;
  };
  const run = async () => {
    while (!(await connect()))
      await scheduler.sleep(null, noise.between(`${id} comes back`, 50, 3000), `${id} comes back`);
  };
  void run();
  return followed;
};
