import type { FindLeftCarts } from '../application/expire-carts.ts';
import type { CartId } from '../application/ports.ts';
import type { Tx } from './database.ts';

/** Guests' first: there are more of them, and they go sooner. */
export const createFindLeftCarts =
  (client: Tx): FindLeftCarts =>
  async ({ guestDays, accountDays }, limit) => {
    const rows = await client.$queryRaw<{ id: CartId }[]>`
      (SELECT id FROM carts WHERE buyer_id IS NULL AND changed_at < now() - make_interval(days => ${guestDays}::integer)
        ORDER BY changed_at LIMIT ${limit})
      UNION ALL
      (SELECT id FROM carts WHERE buyer_id IS NOT NULL AND changed_at < now() - make_interval(days => ${accountDays}::integer)
        ORDER BY changed_at LIMIT ${limit})`;
    return rows.map(({ id }) => id);
  };
