import { backorderFilled } from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { Filling } from '../domain/backorder.ts';
import type { OrderId, VariantId } from '../domain/ids.ts';

/** What the others hear of goods that orders had waited for: one message an order, with all that came to it at once. */
export const backorderMessages = (
  filled: readonly (Filling & { readonly variantId: VariantId })[],
  occurredAt: Instant,
): OutgoingMessage[] => {
  const byOrder = new Map<OrderId, { variantId: VariantId; waiting: number }[]>();
  for (const { orderId, variantId, waiting } of filled) {
    const lines = byOrder.get(orderId);
    if (lines) lines.push({ variantId, waiting });
    else byOrder.set(orderId, [{ variantId, waiting }]);
  }
  return [...byOrder].map(([orderId, lines]) =>
    outgoing(
      backorderFilled,
      { orderId, lines },
      { aggregateId: orderId, correlationId: orderId, occurredAt },
    ),
  );
};
