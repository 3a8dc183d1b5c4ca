/** An order: what it can be and what each event makes of it. Only what a later decision needs. */
import { type Id, type Money, multiply, zero } from '@emporium/domain';
import { returnsAfter } from './evolve-return.ts';
import type {
  Backordered,
  CalledOffPart,
  DisputeDecided,
  OrderEvent,
  OrderedLine,
  ParcelShipped,
  PaymentMethod,
  PlannedShipment,
  ShipmentShipped,
} from './order-event.ts';
import type { PurchaseStep } from './purchase-step.ts';
import type { Return } from './return.ts';
import type { ReturnEvent } from './return-event.ts';
import {
  isDone,
  leftIn,
  type Shipment,
  withBack,
  withDispute,
  withoutUnits,
  withParcel,
  withPayout,
  withReturned,
} from './shipment.ts';

/** How far the purchase itself came; shipping goes on from CONFIRMED, shipment by shipment. */
export type Phase = 'PENDING' | 'RESERVED' | 'CONFIRMED' | 'FAILED' | 'CANCELLED';

/** Answers that are heard at most once, in time or late. */
export type Answer = 'reservation' | 'rejection' | 'payment' | 'decline';

export type PlacedOrder = {
  readonly phase: Phase;
  readonly buyerId: Id<'User'>;
  readonly method: PaymentMethod;
  readonly total: Money;
  readonly paymentId: Id<'Payment'> | null;
  readonly shipments: readonly Shipment[];
  readonly heard: readonly Answer[];
  /** What payments said has gone back to the buyer, in minor units, and whether that is all that was paid. */
  readonly refundedMinor: bigint;
  readonly refunded: boolean;
  /** How often the answer that is owed now was asked for. */
  readonly asked: number;
  /** Its buyer has something to do before the money comes. */
  readonly awaitsBuyer: boolean;
  /** Units of each variant that wait for goods to come, as far as anything was heard of it: it only ever falls. */
  readonly waiting: Waiting;
  /** In the order in which they were asked for. */
  readonly returns: readonly Return[];
};

export type Waiting = Readonly<Record<Id<'Variant'>, number>>;

const nothing: Waiting = {};

export type Order = { readonly phase: 'ABSENT' } | PlacedOrder;

export type OrderStatus = Phase | 'SHIPPED' | 'DELIVERED' | 'COMPLETED';

export const initial: Order = { phase: 'ABSENT' };

const progress = ['CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED'] as const;

const progressOf = (shipment: Shipment): number => {
  if (isDone(shipment)) return progress.indexOf('COMPLETED');
  const { status } = shipment;
  return status === 'SHIPPED' || status === 'DELIVERED' ? progress.indexOf(status) : 0;
};

/** The order is as far as its uncancelled shipment that is furthest behind. */
export const statusOf = ({ phase, shipments }: PlacedOrder): OrderStatus => {
  if (phase !== 'CONFIRMED') return phase;
  const moving = shipments.filter(({ status }) => status !== 'CANCELLED');
  return progress[Math.min(...moving.map(progressOf))] ?? phase;
};

const terminal: readonly OrderStatus[] = ['COMPLETED', 'FAILED', 'CANCELLED'];

/** Nothing changes the status any more. */
export const isTerminal = (status: OrderStatus): boolean => terminal.includes(status);

/** The step whose answer is owed now; null when nobody owes one. */
export const awaited = (order: Order): PurchaseStep | null => {
  switch (order.phase) {
    case 'PENDING':
      return 'RESERVE';
    case 'RESERVED':
      return 'PAY';
    case 'FAILED':
    case 'CANCELLED': {
      const isPaid = order.paymentId !== null || order.heard.includes('payment');
      return isPaid && !order.refunded ? 'REFUND' : null;
    }
    default:
      return null;
  }
};

/** Throws a TypeError when the history does not begin with Placed: that is corruption, not a refusal. */
export const evolve = (order: Order, event: OrderEvent): Order => {
  if (event.type === 'Placed') {
    return {
      phase: 'PENDING',
      buyerId: event.buyerId,
      method: event.method,
      total: event.total,
      paymentId: null,
      heard: [],
      refundedMinor: 0n,
      refunded: false,
      asked: 1,
      awaitsBuyer: false,
      waiting: nothing,
      returns: [],
      shipments: event.shipments.map((planned) => shipmentFrom(planned, event.lines)),
    };
  }
  if (order.phase === 'ABSENT') throw new TypeError(`${event.type} before Placed`);
  const moved = move(order, event);
  return awaited(moved) === awaited(order) ? moved : { ...moved, asked: 1 };
};

const move = (order: PlacedOrder, event: Exclude<OrderEvent, { type: 'Placed' }>): PlacedOrder => {
  switch (event.type) {
    case 'StockReserved':
      return hear(
        { ...order, phase: 'RESERVED', waiting: lowered(order.waiting, event.backordered) },
        'reservation',
      );
    case 'BackorderFilled':
      return { ...order, waiting: lowered(order.waiting, event.waiting) };
    case 'Confirmed':
      return hear({ ...order, phase: 'CONFIRMED', paymentId: event.paymentId }, 'payment');
    case 'ParcelShipped':
      return changeShipment(order, event.shipmentId, (shipment) =>
        withParcel(shipment, { ...parcelOf(event), lines: event.lines }),
      );
    case 'ShipmentShipped':
      return changeShipment(order, event.shipmentId, (shipment) => ({
        ...withParcel(shipment, { ...parcelOf(event), lines: leftIn(shipment) }),
        status: 'SHIPPED',
      }));
    case 'LinesCancelled':
      return withoutPart(order, event);
    case 'ShipmentDelivered':
      return changeShipment(order, event.shipmentId, (shipment) => ({
        ...shipment,
        status: 'DELIVERED',
        arrivedAt: shipment.arrivedAt ?? event.at,
        parcels: shipment.parcels.map((parcel) => ({ ...parcel, deliveredAt: event.at })),
      }));
    case 'ShipmentReleased':
      return changeShipment(order, event.shipmentId, (shipment) =>
        withPayout(shipment, event.ahead ? 'AHEAD' : 'DONE', event.at),
      );
    case 'DisputeOpened':
      return changeShipment(order, event.shipmentId, (shipment) =>
        withDispute(shipment, event.disputeId, { isOpened: true }),
      );
    case 'DisputeDecided':
      return changeShipment(order, event.shipmentId, (shipment) => ({
        ...withDispute(shipment, event.disputeId, { isOver: true }),
        nothingLeft: shipment.nothingLeft || leavesNothing(event),
        decided: shipment.decided || event.outcome === 'BUYER' || event.outcome === 'SELLER',
        back: withBack(shipment, event.refunded),
      }));
    case 'Failed':
      return hear({ ...withNothingToSend(order), phase: 'FAILED' }, answerBehind[event.reason]);
    case 'Cancelled':
      return { ...withNothingToSend(event.parts.reduce(withoutPart, order)), phase: 'CANCELLED' };
    case 'Refunded': {
      const refundedMinor = order.refundedMinor + event.amount.minor;
      const isAll = refundedMinor >= order.total.minor;
      return { ...order, refundedMinor: isAll ? order.total.minor : refundedMinor, refunded: isAll };
    }
    case 'ReturnRequested':
    case 'ReturnApproved':
    case 'ReturnRejected':
    case 'ReturnWithdrawn':
    case 'ReturnReceived':
    case 'ReturnRefunded':
      return withReturn(order, event);
    case 'Claimed':
      return { ...order, buyerId: event.by };
    case 'PaymentAwaitsBuyer':
      return { ...order, awaitsBuyer: true };
    case 'AskedAgain':
      return { ...order, asked: event.attempt };
    case 'PurchaseParked':
      return order;
    case 'ReservationCameLate':
      return hear(order, 'reservation');
    case 'RejectionCameLate':
      return hear(order, 'rejection');
    case 'PaymentCameLate':
      return hear(order, 'payment');
    case 'DeclineCameLate':
      return hear(order, 'decline');
  }
};

/** Whether nothing is left that would go to the seller. */
export const leavesNothing = ({
  outcome,
  released,
}: Pick<DisputeDecided, 'outcome' | 'released'>): boolean =>
  outcome === 'LAPSED' || (outcome === 'BUYER' && released.minor === 0n);

const answerBehind = {
  OUT_OF_STOCK: 'rejection',
  PAYMENT_DECLINED: 'decline',
  RESERVATION_TIMED_OUT: null,
  PAYMENT_TIMED_OUT: null,
} as const;

const hear = (order: PlacedOrder, answer: Answer | null): PlacedOrder =>
  answer ? { ...order, heard: [...order.heard, answer] } : order;

/** Nothing is sent, and nothing waits. */
const withNothingToSend = (order: PlacedOrder): PlacedOrder => ({
  ...order,
  shipments: order.shipments.map((shipment) => ({ ...shipment, status: 'CANCELLED' })),
  waiting: nothing,
});

/** The lower number is the later one, in whatever order they were heard. */
const lowered = (waiting: Waiting, heard: readonly Backordered[]): Waiting => {
  if (heard.length === 0) return waiting;
  const lower = heard.map(({ variantId, quantity }) => [
    variantId,
    Math.min(waiting[variantId] ?? quantity, quantity),
  ]);
  return { ...waiting, ...Object.fromEntries(lower) };
};

const changeShipment = (
  order: PlacedOrder,
  id: Id<'Shipment'>,
  change: (shipment: Shipment) => Shipment,
): PlacedOrder => ({
  ...order,
  shipments: order.shipments.map((shipment) => (shipment.id === id ? change(shipment) : shipment)),
});

const parcelOf = ({ carrier, trackingNumber, at }: ParcelShipped | ShipmentShipped) => ({
  carrier,
  trackingNumber,
  shippedAt: at,
  deliveredAt: null,
});

/** What is not to be sent is not waited for. */
const withoutPart = (order: PlacedOrder, { shipmentId, lines, amount }: CalledOffPart): PlacedOrder => {
  const after = changeShipment(order, shipmentId, (shipment) => withoutUnits(shipment, lines, amount));
  const left = after.shipments.flatMap((shipment) => (shipment.id === shipmentId ? leftIn(shipment) : []));
  const lowest = lines.flatMap(({ variantId }) => {
    const quantity = left.find((line) => line.variantId === variantId)?.quantity ?? 0;
    return (order.waiting[variantId] ?? 0) > quantity ? [{ variantId, quantity }] : [];
  });
  return { ...after, waiting: lowered(order.waiting, lowest) };
};

const withReturn = (order: PlacedOrder, event: ReturnEvent): PlacedOrder => {
  const after = { ...order, returns: returnsAfter(order.returns, event) };
  if (event.type !== 'ReturnReceived') return after;
  const { shipmentId, lines, refund } = event;
  return changeShipment(after, shipmentId, (shipment) => withReturned(shipment, lines, refund));
};

const shipmentFrom = (
  { id, sellerId, amount }: PlannedShipment,
  ordered: readonly OrderedLine[],
): Shipment => {
  const lines = ordered
    .filter(({ shipmentId }) => shipmentId === id)
    .map(({ variantId, quantity, unitPrice, discount, tax }) => {
      const minor = multiply(unitPrice, quantity).minor - discount.minor + tax.minor;
      const paid = { minor, currency: unitPrice.currency };
      return { variantId, quantity, paid, cancelled: 0, shipped: 0, returned: 0 };
    });
  return {
    id,
    sellerId,
    status: 'PENDING',
    lines,
    amount,
    back: zero(amount.currency),
    parcels: [],
    payout: 'NONE',
    nothingLeft: false,
    decided: false,
    arrivedAt: null,
    disputes: [],
  };
};
