import { stockChanged } from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { VariantId } from '../domain/ids.ts';

/** A variant's stock after a change. */
export type ChangedStock = {
  readonly variantId: VariantId;
  readonly available: number;
  readonly version: number;
};

/** What the others hear of it: one message per variant. */
export const stockChangedMessages = (
  changed: readonly ChangedStock[],
  occurredAt: Instant,
): OutgoingMessage[] =>
  changed.map((stock) => outgoing(stockChanged, stock, { aggregateId: stock.variantId, occurredAt }));
