/** What follows when something is asked of an order. Whatever is heard twice, late or out of turn does no harm. */
import { accept, equals, refuse } from '@emporium/domain';
import { cancelLine, cancelOrder, cancelShipment, cancelUnsent } from './call-off.ts';
import { claim } from './claim.ts';
import { noteDisputeDecided, noteDisputeOpened } from './decide-dispute.ts';
import { decideReturn } from './decide-return.ts';
import { confirmDelivery, noteRelease, ship } from './decide-shipment.ts';
import { type Answer, awaited, isTerminal, type Order, type PlacedOrder, statusOf } from './order.ts';
import type {
  NoteActionRequired,
  NoteBackorderFilled,
  NoteDecline,
  NotePayment,
  NoteRefund,
  NoteRejection,
  NoteReservation,
  OrderCommand,
  Place,
  TimeOut,
} from './order-command.ts';
import type { OrderDecision } from './order-decision.ts';
import type { OrderEvent } from './order-event.ts';
import { place } from './place.ts';

export const decide = (command: OrderCommand, order: Order): OrderDecision => {
  if (command.type === 'Place') return order.phase === 'ABSENT' ? place(command) : refuse('ALREADY_PLACED');
  if (order.phase === 'ABSENT') return refuse('NOT_FOUND');
  return decideOnPlaced(command, order);
};

const decideOnPlaced = (command: Exclude<OrderCommand, Place>, order: PlacedOrder): OrderDecision => {
  switch (command.type) {
    case 'NoteReservation':
      return noteReservation(command, order);
    case 'NoteBackorderFilled':
      return noteBackorderFilled(command, order);
    case 'NoteRejection':
      return noteRejection(command, order);
    case 'NotePayment':
      return notePayment(command, order);
    case 'NoteDecline':
      return noteDecline(command, order);
    case 'NoteActionRequired':
      return noteActionRequired(command, order);
    case 'TimeOut':
      return timeOut(command, order);
    case 'Cancel':
      return cancelOrder(command, order);
    case 'CancelShipment':
      return cancelShipment(command, order);
    case 'CancelLine':
      return cancelLine(command, order);
    case 'CancelUnsent':
      return cancelUnsent(command, order);
    case 'Ship':
      return ship(command, order);
    case 'ConfirmDelivery':
      return confirmDelivery(command, order);
    case 'Claim':
      return claim(command, order);
    case 'NoteRelease':
      return noteRelease(command, order);
    case 'NoteDisputeOpened':
      return noteDisputeOpened(command, order);
    case 'NoteDisputeDecided':
      return noteDisputeDecided(command, order);
    case 'NoteRefund':
      return noteRefund(command, order);
    default:
      return decideReturn(command, order);
  }
};

const hasHeard = (order: PlacedOrder, answer: Answer): boolean => order.heard.includes(answer);
const hasEnded = (order: PlacedOrder): boolean => isTerminal(statusOf(order));

const noteReservation = ({ at, backordered }: NoteReservation, order: PlacedOrder): OrderDecision => {
  if (hasHeard(order, 'reservation')) return accept();
  if (hasEnded(order)) return accept({ type: 'ReservationCameLate', at }); // inventory gives it back
  return accept({ type: 'StockReserved', at, backordered });
};

const noteBackorderFilled = ({ at, waiting }: NoteBackorderFilled, order: PlacedOrder): OrderDecision => {
  if (hasEnded(order)) return accept(); // inventory gives it back
  const news = waiting.filter(
    ({ variantId, quantity }) => quantity < (order.waiting[variantId] ?? Number.POSITIVE_INFINITY),
  );
  return news.length > 0 ? accept({ type: 'BackorderFilled', at, waiting: news }) : accept();
};

const noteRejection = ({ at }: NoteRejection, order: PlacedOrder): OrderDecision => {
  if (hasHeard(order, 'rejection')) return accept();
  if (hasEnded(order)) return accept({ type: 'RejectionCameLate', at });
  if (order.phase !== 'PENDING') return refuse('ALREADY_RESERVED');
  return accept({ type: 'Failed', at, reason: 'OUT_OF_STOCK' });
};

const notePayment = ({ at, paymentId, amount }: NotePayment, order: PlacedOrder): OrderDecision => {
  if (order.paymentId) return order.paymentId === paymentId ? accept() : refuse('ANOTHER_PAYMENT');
  if (hasHeard(order, 'payment')) return accept();
  if (hasEnded(order)) return accept({ type: 'PaymentCameLate', at }); // payments refunds it
  if (order.phase !== 'RESERVED') return refuse('NOT_REQUESTED');
  if (!equals(order.total, amount)) return refuse('WRONG_AMOUNT');
  return accept({ type: 'Confirmed', at, paymentId });
};

const noteDecline = ({ at }: NoteDecline, order: PlacedOrder): OrderDecision => {
  if (hasHeard(order, 'decline')) return accept();
  if (order.paymentId) return refuse('ALREADY_PAID');
  if (hasEnded(order)) return accept({ type: 'DeclineCameLate', at });
  if (order.phase !== 'RESERVED') return refuse('NOT_REQUESTED');
  return accept({ type: 'Failed', at, reason: 'PAYMENT_DECLINED' });
};

const noteActionRequired = ({ at }: NoteActionRequired, order: PlacedOrder): OrderDecision => {
  if (order.awaitsBuyer || order.paymentId || hasEnded(order)) return accept();
  if (order.phase !== 'RESERVED') return refuse('NOT_REQUESTED');
  return accept({ type: 'PaymentAwaitsBuyer', at });
};

const timeOut = ({ at, step, retries, lastResort }: TimeOut, order: PlacedOrder): OrderDecision => {
  if (awaited(order) !== step) return accept(); // the answer came first
  // Payments has heard the question; it is the buyer who has not answered.
  const isHeard = step === 'PAY' && order.awaitsBuyer;
  if (order.asked <= retries && !isHeard)
    return accept({ type: 'AskedAgain', at, step, attempt: order.asked + 1 });
  if (lastResort === 'PARK' || step === 'REFUND') return accept({ type: 'PurchaseParked', at, step });
  return accept({ type: 'Failed', at, reason: outOfTime[step] });
};

const outOfTime = { RESERVE: 'RESERVATION_TIMED_OUT', PAY: 'PAYMENT_TIMED_OUT' } as const;

/** Of a return it is the end, also when a dispute gave back all that there was. */
const noteRefund = (
  { at, paymentId, amount, refundId }: NoteRefund,
  { returns }: PlacedOrder,
): OrderDecision => {
  const refunded: OrderEvent[] = amount.minor > 0n ? [{ type: 'Refunded', at, paymentId, amount }] : [];
  const owed = returns.find(({ id, status }) => String(id) === refundId && status === 'RECEIVED');
  if (!owed) return accept(...refunded);
  const { id: returnId, shipmentId } = owed;
  return accept<OrderEvent>(...refunded, { type: 'ReturnRefunded', at, returnId, shipmentId, amount });
};
