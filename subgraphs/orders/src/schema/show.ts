/** What the application knows, in the shapes of the schema. */
import { showMoney } from '@emporium/subgraph';
import type { CartView, OrderLineView, OrderView, ShipmentView } from '../application/reads.ts';
import { showAmounts, showReason } from './checkout/show-amounts.ts';

export const showOrder = (order: OrderView) => ({
  __typename: 'Order' as const,
  ...order,
  total: showMoney(order.total),
  amounts: showAmounts(order.amounts),
});

export const showOrderLine = (line: OrderLineView) => ({
  ...line,
  unitPrice: showMoney(line.unitPrice),
  total: showMoney(line.total),
  amounts: showAmounts(line.amounts),
  reasons: line.reasons.map(showReason),
});

export const showShipment = (shipment: ShipmentView) => ({
  __typename: 'Shipment' as const,
  ...shipment,
  amounts: showAmounts(shipment.amounts),
  reasons: shipment.reasons.map(showReason),
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
