/** What follows when something is asked of a return. It never changes how far its order is. */
import { accept, equals, type Id, type Money, refuse } from '@emporium/domain';
import { shipmentOf } from './decide-shipment.ts';
import { paidFor } from './given-back.ts';
import { hasBought, maySend } from './may-change.ts';
import type { PlacedOrder } from './order.ts';
import type { DecideOnReturn, ReceiveReturn, RequestReturn, ReturnCommand } from './order-command.ts';
import type { OrderDecision } from './order-decision.ts';
import type { OrderEvent } from './order-event.ts';
import { type ArrivedUnits, isOpen, type Return, returnableOf } from './return.ts';
import { lineOf, type Shipment, unitsOf } from './shipment.ts';

/** Whoever asks and takes back, time and again, does not make a history that nobody can read any more. */
const mostPerShipment = 50;

export const decideReturn = (command: ReturnCommand, order: PlacedOrder): OrderDecision => {
  switch (command.type) {
    case 'RequestReturn':
      return request(command, order);
    case 'ApproveReturn':
    case 'RejectReturn':
    case 'WithdrawReturn':
      return decideOn(command, order);
    case 'ReceiveReturn':
      return receive(command, order);
  }
};

const request = (command: RequestReturn, order: PlacedOrder): OrderDecision => {
  const { at, by, returnId, shipmentId, lines, reason, arrivedSince } = command;
  const shipment = shipmentOf(order, shipmentId);
  if (!shipment || !hasBought(by, order)) return refuse('NOT_FOUND');
  if (shipment.arrivedAt === null) return refuse('NOT_DELIVERED');
  if (shipment.arrivedAt < arrivedSince) return refuse('TOO_LATE');
  const returns = order.returns.filter((each) => each.shipmentId === shipmentId);
  if (returns.length >= mostPerShipment) return refuse('TOO_MANY_RETURNS');
  for (const { variantId, quantity } of lines) {
    const line = lineOf(shipment, variantId);
    if (!line) return refuse('NOT_IN_SHIPMENT');
    if (quantity > returnableOf(line, returns)) return refuse('MORE_THAN_LEFT');
  }
  return accept({ type: 'ReturnRequested', at, returnId, shipmentId, lines, reason, by: by.id });
};

type Found = { readonly found: Return; readonly shipment: Shipment };

const returnOf = (order: PlacedOrder, id: Id<'Return'>): Found | null => {
  const found = order.returns.find((each) => each.id === id);
  const shipment = found && shipmentOf(order, found.shipmentId);
  return shipment ? { found, shipment } : null;
};

const eventOf = {
  ApproveReturn: { type: 'ReturnApproved', status: 'APPROVED' },
  RejectReturn: { type: 'ReturnRejected', status: 'REJECTED' },
  WithdrawReturn: { type: 'ReturnWithdrawn', status: 'WITHDRAWN' },
} as const;

/** The seller says yes or no, the buyer thinks better of it: as long as nothing has come back. */
const decideOn = ({ type, at, by, returnId }: DecideOnReturn, order: PlacedOrder): OrderDecision => {
  const of = returnOf(order, returnId);
  if (!of) return refuse('NOT_FOUND');
  const { found, shipment } = of;
  const may = type === 'WithdrawReturn' ? hasBought(by, order) : maySend(by, shipment);
  if (!may) return refuse('NOT_FOUND');
  const { status, type: happened } = eventOf[type];
  if (found.status === status) return accept();
  if (!isOpen(found)) return refuse(whyClosed(found));
  return accept({ type: happened, at, returnId, shipmentId: shipment.id, by: by.id });
};

const whyClosed = ({ status }: Return) =>
  status === 'REJECTED' || status === 'WITHDRAWN' ? 'RETURN_ENDED' : 'ALREADY_RECEIVED';

/** What was asked for or less of it arrives, once. For it goes back what was paid, or less with a word why. */
const receive = (command: ReceiveReturn, order: PlacedOrder): OrderDecision => {
  const { at, by, returnId, lines } = command;
  const of = returnOf(order, returnId);
  if (!of || !maySend(by, of.shipment)) return refuse('NOT_FOUND');
  const { found, shipment } = of;
  if (found.refund) return isSame(command, found) ? accept() : refuse('ALREADY_RECEIVED');
  if (!isOpen(found)) return refuse('RETURN_ENDED');
  if (found.status !== 'APPROVED') return refuse('NOT_APPROVED');
  const unasked = whyNotThese(lines, found);
  if (unasked) return refuse(unasked);
  const paid = paidFor(shipment, lines);
  const refund = command.refund ?? paid;
  const unpaid = whyNotSoMuch(refund, paid, command.isExplained);
  if (unpaid) return refuse(unpaid);
  const about = { at, returnId, shipmentId: shipment.id };
  const received: OrderEvent = { type: 'ReturnReceived', ...about, lines, refund, by: by.id };
  // Nobody is asked for nothing, so nobody would answer.
  return refund.minor === 0n
    ? accept<OrderEvent>(received, { type: 'ReturnRefunded', ...about, amount: refund })
    : accept(received);
};

const whyNotThese = (arrived: readonly ArrivedUnits[], { lines }: Return) => {
  for (const { variantId } of arrived) {
    const asked = unitsOf(lines, variantId);
    if (asked === 0) return 'NOT_IN_RETURN';
    if (unitsOf(arrived, variantId) > asked) return 'MORE_THAN_ASKED';
  }
  return null;
};

const whyNotSoMuch = (refund: Money, paid: Money, isExplained: boolean) => {
  if (refund.currency !== paid.currency) return 'WRONG_CURRENCY';
  if (refund.minor > paid.minor) return 'MORE_THAN_PAID';
  return refund.minor < paid.minor && !isExplained ? 'REASON_MISSING' : null;
};

/** The same was said before. */
const isSame = ({ lines, refund }: ReceiveReturn, { arrived, refund: given }: Return): boolean =>
  lines.length === arrived.length &&
  lines.every((line) => arrived.some((each) => isSameUnits(line, each))) &&
  (refund === null || (given !== null && equals(refund, given)));

const isSameUnits = (one: ArrivedUnits, other: ArrivedUnits): boolean =>
  one.variantId === other.variantId &&
  one.quantity === other.quantity &&
  one.disposition === other.disposition &&
  one.locationId === other.locationId;
