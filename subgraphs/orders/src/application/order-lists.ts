import type { Instant, Money } from '@emporium/domain';
import type { OrderStatus } from '../domain/order.ts';
import type { ShipmentStatus } from '../domain/shipment.ts';
import type { OrderId, UserId, VariantId } from './ports.ts';

/** Which orders, and where to begin; all conditions must hold, and an empty list of statuses is no condition. */
export type OrderQuery = {
  readonly buyerId?: UserId | null;
  /** Who has a shipment in it. */
  readonly sellerId?: UserId | null;
  /** The same, of what was confirmed: from then on a seller sees it. */
  readonly receivedBy?: UserId | null;
  readonly statuses?: readonly OrderStatus[];
  /** Of that seller's shipments; counts only beside `receivedBy`. */
  readonly shipmentStatuses?: readonly ShipmentStatus[];
  readonly placed?: Period;
  /** Both in one currency. */
  readonly atLeast?: Money | null;
  readonly atMost?: Money | null;
  readonly variantId?: VariantId | null;
  /** What its number begins with, as numbers are stored. */
  readonly number?: string | null;
  /** Beside `buyerId` only. */
  readonly text?: WantedText | null;
  readonly sort: OrderSort;
};

/** From a moment on, until before another. */
export type Period = { readonly from: Instant | null; readonly until: Instant | null };

/** All the words in one title, or what the number begins with. */
export type WantedText = { readonly words: readonly string[]; readonly number: string | null };

export type OrderSort = 'NEWEST' | 'OLDEST';

/** Where orders are looked for; what somebody may see of them is asked for by their ids. */
export type OrderLists = {
  /** In the order in which they were placed; `after` is the id of the last one seen. */
  find(query: OrderQuery, page: { limit: number; after: string | null }): Promise<readonly OrderId[]>;
  /** Of the order with exactly this number. */
  idOf(number: string): Promise<OrderId | null>;
};

/** Text is looked for in so many orders, from where a page begins. */
export const mostSearched = 5000;
