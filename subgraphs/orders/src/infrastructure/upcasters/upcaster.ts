import type { OrderEvent } from '../../domain/order-event.ts';

export type StoredPayload = Readonly<Record<string, unknown>>;

/**
 * One step: makes a stored payload of version `from` of its type one of the next version. Pure, and never changed once
 * events of its outcome are stored.
 */
export type Upcaster = {
  readonly type: OrderEvent['type'];
  readonly from: number;
  readonly up: (payload: StoredPayload) => StoredPayload;
};
