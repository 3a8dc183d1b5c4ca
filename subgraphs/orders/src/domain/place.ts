/** From a quote to an order: what was agreed, one shipment per seller. */
import { accept, type Decision, type Id } from '@emporium/domain';
import type { Place } from './order-command.ts';
import type { Placed } from './order-event.ts';

/** The quote is the decision; placing puts it on record. */
export const place = ({
  at,
  buyerId,
  quote,
  shipmentIds,
  method,
}: Place): Extract<Decision<Placed, never>, { ok: true }> => {
  const shipmentOf = (sellerId: Id<'User'>): Id<'Shipment'> => {
    const id = shipmentIds.get(sellerId);
    if (!id) throw new TypeError(`no shipment id for seller ${sellerId}`);
    return id;
  };
  return accept({
    type: 'Placed',
    at,
    buyerId,
    lines: quote.lines.map(({ sellerId, variantId, title, quantity, unitPrice, amounts, reasons }) => {
      const { discount, tax, includedTax } = amounts;
      const shipmentId = shipmentOf(sellerId);
      return { shipmentId, variantId, title, quantity, unitPrice, discount, tax, includedTax, reasons };
    }),
    shipments: quote.shipments.map(({ sellerId, method: shippingMethod, amounts, reasons }) => {
      const id = shipmentOf(sellerId);
      return { id, sellerId, amount: amounts.total, shippingMethod, amounts, reasons };
    }),
    total: quote.amounts.total,
    amounts: quote.amounts,
    coupon: quote.coupon,
    method,
  });
};
