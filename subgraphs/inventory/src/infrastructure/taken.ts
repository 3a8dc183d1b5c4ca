import type { OrderId } from '../domain/ids.ts';
import { Prisma } from './generated/client.ts';

/** What the orders have by now, by variant and place: several parts may be from one, and some of it may have gone back. */
export const takenBy = (orderIds: readonly OrderId[]) => Prisma.sql`(
  SELECT variant_id, location_id, sum(quantity)::integer AS quantity, max(part) AS part
  FROM (
    SELECT variant_id, location_id, quantity, part FROM reservation_allocations WHERE order_id = ANY(${orderIds})
    UNION ALL
    SELECT variant_id, location_id, -quantity, 0 FROM reservation_cut_allocations WHERE order_id = ANY(${orderIds})
  ) AS moved
  GROUP BY 1, 2 HAVING sum(quantity) > 0
) AS taken`;
