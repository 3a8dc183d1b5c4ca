import type { OrderId } from '../domain/ids.ts';
import { Prisma } from './generated/client.ts';

/** What the order has by now, by variant and place: several parts may be from one, and some of it may have gone back. */
export const takenBy = (orderId: OrderId) => Prisma.sql`(
  SELECT variant_id, location_id, sum(quantity)::integer AS quantity, max(part) AS part
  FROM (
    SELECT variant_id, location_id, quantity, part FROM reservation_allocations WHERE order_id = ${orderId}
    UNION ALL
    SELECT variant_id, location_id, -quantity, 0 FROM reservation_cut_allocations WHERE order_id = ${orderId}
  ) AS moved
  GROUP BY 1, 2 HAVING sum(quantity) > 0
) AS taken`;
