import type { Actor } from '../domain/order-command.ts';
import type { OrderRefusal } from '../domain/order-decision.ts';
import type { Units } from '../domain/shipment.ts';
import { handleOrder, type OrderRequest } from './handle-order.ts';
import { keepSaid } from './keep-said.ts';
import type { OrderId, Ports, ShipmentId, Transact } from './ports.ts';

export type CallOffOutcome =
  | { readonly ok: true; readonly orderId: OrderId }
  | { readonly ok: false; readonly refusal: OrderRefusal };

/** How many of a line, and how many were called off before, as far as whoever wishes it knows. */
export type UnsentUnits = Units & { readonly expectedCancelled: number | null };

type Untold<Request> = Request extends OrderRequest ? Omit<Request, 'cancellationId'> : never;

/** Both commands are decided alike. The reason is free text and kept apart from the order's history. */
const callOffPart = async (
  ports: Ports,
  orderId: OrderId,
  request: Untold<Extract<OrderRequest, { type: 'CancelShipment' | 'CancelLine' }>>,
  reason: string | null,
): Promise<CallOffOutcome> => {
  const cancellationId = ports.newId<'Cancellation'>();
  const decision = await handleOrder(ports, orderId, { ...request, cancellationId });
  if (!decision.ok) return decision;
  if (decision.events.length === 0) return { ok: true, orderId };
  const isEnd = decision.events.some(({ type }) => type === 'Cancelled');
  await keepSaid(ports, orderId, reason, (text) =>
    isEnd
      ? ports.privateRecords.keepCancelReason(orderId, text)
      : ports.privateRecords.keepCancellationReason(cancellationId, orderId, text),
  );
  return { ok: true, orderId };
};

/** A seller calls off a shipment of which nothing has left. */
export const cancelShipment =
  (transact: Transact) =>
  (by: Actor, shipmentId: ShipmentId, reason: string | null): Promise<CallOffOutcome> =>
    transact(async (ports) => {
      const orderId = await ports.orders.orderOfShipment(shipmentId);
      if (!orderId) return { ok: false, refusal: 'NOT_FOUND' };
      return callOffPart(ports, orderId, { type: 'CancelShipment', by, shipmentId }, reason);
    });

/** A buyer or a seller calls off units of a line that have not left. */
export const cancelLine =
  (transact: Transact) =>
  (by: Actor, orderId: OrderId, line: UnsentUnits, reason: string | null): Promise<CallOffOutcome> =>
    transact((ports) => callOffPart(ports, orderId, { type: 'CancelLine', by, ...line }, reason));
