/** What the application knows, in the shapes of the schema. */
import { showMoney } from '@emporium/subgraph';
import type { OrderId } from '../application/ports.ts';
import type {
  CartLineView,
  CartView,
  OrderLineView,
  OrderView,
  ShipmentView,
} from '../application/reads.ts';
import type { CartWarning } from '../domain/cart-warning.ts';
import type { TimelineEntry } from '../domain/timeline.ts';
import { showCartWarning } from './cart-warning.type.ts';
import { showAmounts, showReason } from './checkout/show-amounts.ts';

/** How an order came to be shown: by the token of the guest who holds it, which is given only when the order is placed. */
export type ShownBy = { readonly byToken: boolean; readonly orderToken?: string | null };

export const showOrder = (
  order: OrderView,
  { byToken, orderToken = null }: ShownBy = { byToken: false },
) => ({
  __typename: 'Order' as const,
  ...order,
  byToken,
  orderToken,
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

export const showShipment = (shipment: ShipmentView, { byToken = false }: Partial<ShownBy> = {}) => ({
  __typename: 'Shipment' as const,
  ...shipment,
  byToken,
  givenBack: showMoney(shipment.back),
  amounts: showAmounts(shipment.amounts),
  reasons: shipment.reasons.map(showReason),
});

const showCartLine = ({ priceAdded, ...line }: CartLineView) => ({
  ...line,
  unitPrice: showMoney(line.unitPrice),
  priceWhenAdded: priceAdded && showMoney(priceAdded),
  total: showMoney(line.total),
});

export const showTimelineEntry = (orderId: OrderId, { amount, ...entry }: TimelineEntry) => ({
  ...entry,
  amount: amount && showMoney(amount),
  // Whatever belongs to a purchase carries its order's id, here and in messages.
  correlationId: orderId,
});

/** `cartToken` is given by the mutation that opened it alone; `more` is what a change has to warn of. */
export const showCart = (
  { id, version, lines, total, warnings }: CartView,
  { cartToken = null, more = [] }: { cartToken?: string | null; more?: readonly CartWarning[] } = {},
) => {
  const shown = new Map(lines.map((line) => [line.variantId, showCartLine(line)]));
  return {
    __typename: 'Cart' as const,
    id,
    version,
    cartToken,
    total: showMoney(total),
    lines: [...shown.values()],
    warnings: [...more, ...warnings].flatMap((warning) => {
      const line = shown.get(warning.variantId);
      return line ? [showCartWarning(warning, line)] : [];
    }),
  };
};
