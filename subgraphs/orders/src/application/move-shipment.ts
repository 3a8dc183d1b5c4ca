import type { Actor } from '../domain/order-command.ts';
import type { OrderRefusal } from '../domain/order-decision.ts';
import type { Units } from '../domain/shipment.ts';
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

export type SentParcel = {
  readonly shipmentId: ShipmentId;
  readonly carrier: string;
  readonly trackingNumber: string;
  /** All that is still to be sent, when nothing is said. */
  readonly lines?: readonly Units[] | null;
};

/** The seller handed the shipment, or a part of it, to a carrier. */
export const shipShipment = (transact: Transact) => (by: Actor, parcel: SentParcel) =>
  moveShipment(transact, { type: 'Ship', by, lines: null, ...parcel });

/** The buyer has the shipment in hand. */
export const confirmDelivery = (transact: Transact) => (by: Actor, shipmentId: ShipmentId) =>
  moveShipment(transact, { type: 'ConfirmDelivery', by, shipmentId });
