import type { OrderRefusal } from '../domain/decide.ts';
import type { Actor } from '../domain/order-command.ts';
import { handleOrder, type OrderRequest } from './handle-order.ts';
import type { OrderId, ShipmentId, Transact } from './ports.ts';

export type MoveShipmentOutcome =
  | { readonly ok: true; readonly orderId: OrderId }
  | { readonly ok: false; readonly refusal: OrderRefusal };

const moveShipment = (
  transact: Transact,
  request: Extract<OrderRequest, { shipmentId: ShipmentId }>,
): Promise<MoveShipmentOutcome> =>
  transact(async (ports) => {
    const orderId = await ports.orders.orderOfShipment(request.shipmentId);
    if (!orderId) return { ok: false, refusal: 'NOT_FOUND' };
    const decision = await handleOrder(ports, orderId, request);
    if (!decision.ok) return decision;
    const goneBuyer = await ports.deletedUsers.buyerOf(orderId);
    if (goneBuyer) await ports.privateRecords.eraseAllOf(goneBuyer);
    return { ok: true, orderId };
  });

export type Parcel = {
  readonly shipmentId: ShipmentId;
  readonly carrier: string;
  readonly trackingNumber: string;
};

/** The seller handed the shipment to a carrier. */
export const shipShipment = (transact: Transact) => (by: Actor, parcel: Parcel) =>
  moveShipment(transact, { type: 'Ship', by, ...parcel });

/** The buyer has the shipment in hand. */
export const confirmDelivery = (transact: Transact) => (by: Actor, shipmentId: ShipmentId) =>
  moveShipment(transact, { type: 'ConfirmDelivery', by, shipmentId });
