/** What screens see of returns. */
import type { Instant, Money } from '@emporium/domain';
import type { ReturnNoteAbout, ReturnReason, ReturnStatus } from '../../domain/return.ts';
import type { OrderSort } from '../order-lists.ts';
import type { OrderId, ReturnId, ShipmentId, UserId, VariantId } from '../ports.ts';

export type ReturnLineView = {
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly restocked: number;
  readonly writtenOff: number;
};

export type ReturnView = {
  readonly id: ReturnId;
  readonly orderId: OrderId;
  readonly shipmentId: ShipmentId;
  readonly buyerId: UserId;
  readonly sellerId: UserId;
  readonly status: ReturnStatus;
  readonly reason: ReturnReason;
  readonly lines: readonly ReturnLineView[];
  /** Null until it is received. */
  readonly refund: Money | null;
  readonly requestedAt: Instant;
  readonly changedAt: Instant;
  /** What was said on which occasion, until that is erased. */
  readonly said: Readonly<Partial<Record<ReturnNoteAbout, string>>>;
};

export type ReturnReads = {
  /** All of each order, in the order in which they were asked for. */
  returnsOf(ids: readonly OrderId[]): Promise<readonly (readonly ReturnView[])[]>;
  /** Null for what does not exist. */
  returns(ids: readonly ReturnId[]): Promise<readonly (ReturnView | null)[]>;
  /** Those of a seller's shipments; no status is any. `after` is the id of the last one seen. */
  returnsOfSeller(
    query: {
      readonly sellerId: UserId;
      readonly statuses: readonly ReturnStatus[];
      readonly sort: OrderSort;
    },
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly ReturnView[]>;
};
