/** An order of two sellers, for tests. */
import { asId, asInstant } from '@emporium/domain';
import type { CatalogVariant } from './catalogue.ts';
import type { Actor, Place } from './order-command.ts';
import type { OrderEvent, Placed } from './order-event.ts';

export const at = asInstant('2026-01-02T03:04:05.678Z');
export const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });

export const buyer: Actor = { id: asId('buyer'), isAdmin: false };
export const potter: Actor = { id: asId('potter'), isAdmin: false };
export const grocer: Actor = { id: asId('grocer'), isAdmin: false };
export const admin: Actor = { id: asId('admin'), isAdmin: true };
export const stranger: Actor = { id: asId('stranger'), isAdmin: false };

export const pots = asId<'Shipment'>('pots');
export const food = asId<'Shipment'>('food');
export const paymentId = asId<'Payment'>('payment');

const variant = (id: string, seller: Actor, minor: bigint): CatalogVariant => ({
  id: asId(id),
  sellerId: seller.id,
  title: `A ${id}`,
  price: gbp(minor),
  active: true,
});

export const mug = variant('mug', potter, 850n);
export const tea = variant('tea', grocer, 335n);
export const jug = variant('jug', potter, 2000n);

export const catalogueOf = (...variants: readonly CatalogVariant[]) =>
  new Map(variants.map((each) => [each.id, each]));

export const place: Place = {
  type: 'Place',
  at,
  buyerId: buyer.id,
  cart: [
    { variantId: mug.id, quantity: 2 },
    { variantId: tea.id, quantity: 3 },
    { variantId: jug.id, quantity: 1 },
  ],
  catalogue: catalogueOf(mug, tea, jug),
  shipmentIds: new Map([
    [potter.id, pots],
    [grocer.id, food],
  ]),
  method: 'CARD',
  expectedTotal: null,
};

export const total = gbp(4705n);

export const placed: Placed = {
  type: 'Placed',
  at,
  buyerId: buyer.id,
  lines: [
    { shipmentId: pots, variantId: mug.id, title: 'A mug', quantity: 2, unitPrice: gbp(850n) },
    { shipmentId: food, variantId: tea.id, title: 'A tea', quantity: 3, unitPrice: gbp(335n) },
    { shipmentId: pots, variantId: jug.id, title: 'A jug', quantity: 1, unitPrice: gbp(2000n) },
  ],
  shipments: [
    { id: pots, sellerId: potter.id, amount: gbp(3700n) },
    { id: food, sellerId: grocer.id, amount: gbp(1005n) },
  ],
  total,
  method: 'CARD',
};

export const reserved: OrderEvent = { type: 'StockReserved', at, backordered: [] };
export const confirmed: OrderEvent = { type: 'Confirmed', at, paymentId };
export const cancelled: OrderEvent = { type: 'Cancelled', at, by: buyer.id };
export const failed = (reason: Extract<OrderEvent, { type: 'Failed' }>['reason']): OrderEvent => ({
  type: 'Failed',
  at,
  reason,
});
export const shipped = (shipmentId: typeof pots): OrderEvent => ({
  type: 'ShipmentShipped',
  at,
  shipmentId,
  carrier: 'Royal Mail',
  trackingNumber: 'RM-1234',
  by: shipmentId === pots ? potter.id : grocer.id,
});
export const delivered = (shipmentId: typeof pots): OrderEvent => ({
  type: 'ShipmentDelivered',
  at,
  shipmentId,
});
export const released = (shipmentId: typeof pots): OrderEvent => ({
  type: 'ShipmentReleased',
  at,
  shipmentId,
});
