/** What the application knows, in the shapes of the schema. */
import { showMoney } from '@emporium/subgraph';
import type { OrderId } from '../application/ports.ts';
import type { CartView, OrderLineView, OrderView, ShipmentView } from '../application/reads.ts';
import type { TimelineEntry } from '../domain/timeline.ts';

export const showOrder = (order: OrderView) => ({
  __typename: 'Order' as const,
  ...order,
  total: showMoney(order.total),
});

export const showOrderLine = (line: OrderLineView) => ({
  ...line,
  unitPrice: showMoney(line.unitPrice),
  total: showMoney(line.total),
});

export const showShipment = (shipment: ShipmentView) => ({ __typename: 'Shipment' as const, ...shipment });

export const showTimelineEntry = (orderId: OrderId, { amount, ...entry }: TimelineEntry) => ({
  ...entry,
  amount: amount && showMoney(amount),
  // Whatever belongs to a purchase carries its order's id, here and in messages.
  correlationId: orderId,
});

export const showCart = ({ id, lines, total }: CartView) => ({
  __typename: 'Cart' as const,
  id,
  total: showMoney(total),
  lines: lines.map((line) => ({
    ...line,
    unitPrice: showMoney(line.unitPrice),
    total: showMoney(line.total),
  })),
});
