/** What an order went through, as those see it who may see the order. */
import { type Id, type Instant, type Money, sum } from '@emporium/domain';
import { isGuest } from './guest.ts';
import type { Onlooker, Part } from './may-read.ts';
import { evolve, initial, type Order, type PlacedOrder } from './order.ts';
import type { CalledOffPart, OrderEvent, OrderedLine, Placed, ShipmentShipped } from './order-event.ts';
import type { PurchaseStep } from './purchase-step.ts';
import { leftIn } from './shipment.ts';
import { type SaidOfReturn, toldOfReturn } from './told-of-return.ts';

export type TimelineActor = 'BUYER' | 'SELLER' | 'ADMIN' | 'SYSTEM';

/** An event in its place, with what led to it. */
export type Recorded = {
  readonly event: OrderEvent;
  readonly sequence: number;
  /** The message that was answered with it; null when a person or the clock did. */
  readonly causationId: string | null;
};

export type TimelineEntry = {
  readonly sequence: number;
  readonly type: OrderEvent['type'];
  readonly at: Instant;
  readonly actor: TimelineActor;
  /** Null for SYSTEM and guests, and where it was not kept or is not for the onlooker. */
  readonly userId: Id<'User'> | null;
  /** The failure's code, or what was said when the order was called off. */
  readonly reason: string | null;
  readonly detail: string | null;
  readonly step: PurchaseStep | null;
  readonly attempt: number | null;
  readonly shipmentId: Id<'Shipment'> | null;
  readonly returnId: Id<'Return'> | null;
  readonly amount: Money | null;
  readonly causationId: string | null;
};

/** What people said when they called off the whole order, or parts of it by the cancellation's id, and of returns. */
export type Said = {
  readonly whole: string | null;
  readonly parts: ReadonlyMap<string, string>;
  readonly returns: readonly SaidOfReturn[];
};

type Told = Pick<
  TimelineEntry,
  'reason' | 'detail' | 'step' | 'attempt' | 'shipmentId' | 'returnId' | 'amount'
>;

const nothing: Told = {
  reason: null,
  detail: null,
  step: null,
  attempt: null,
  shipmentId: null,
  returnId: null,
  amount: null,
};

type Who = Pick<TimelineEntry, 'actor' | 'userId'>;

const system: Who = { actor: 'SYSTEM', userId: null };

/** Who may see it: a part of the order, and whether they see which administrator it was. */
type Seer = { readonly part: Part; readonly onlooker: Onlooker };

/**
 * The entries of a whole history that are for the onlooker: a seller sees the order's own steps, those of their shipments
 * and what of their lines waits. What was said is for whoever sees the order whole, and of a return for its seller, too.
 */
export const timelineOf = (
  history: readonly Recorded[],
  said: Said,
  { part, onlooker }: Seer,
): readonly TimelineEntry[] => {
  const placed = history.map(({ event }) => event).find((event) => event.type === 'Placed');
  if (!placed) return [];
  const own = ownOf(placed, part);
  return stepsOf(history)
    .filter(({ event }) => own.concerns(event))
    .map(({ event, sequence, causationId, before, after }) => {
      const isRest = event.type === 'ShipmentShipped' && takesNothing(event, before);
      const { actor, userId } = isRest ? system : whoDid(event, after);
      // A buyer deals with a shop and with the marketplace, and not with the people behind them.
      const isHidden =
        (actor === 'ADMIN' || actor === 'SELLER') && !onlooker.readsAll && userId !== onlooker.id;
      return {
        sequence,
        type: event.type,
        at: event.at,
        actor,
        userId: isHidden || (userId !== null && isGuest(userId)) ? null : userId,
        causationId,
        ...nothing,
        ...told(event, own.isWhole ? said : { ...nothingSaid, returns: said.returns }, own),
        ...(isRest && { detail: 'What had left is all: the rest was called off.' }),
      };
    });
};

type Step = Recorded & { readonly before: Order; readonly after: PlacedOrder };

/** Each event with what the order was before and after it: what had left by then, and whose it was. */
const stepsOf = (history: readonly Recorded[]): readonly Step[] => {
  let order: Order = initial;
  return history.flatMap((recorded) => {
    const before = order;
    order = evolve(before, recorded.event);
    return order.phase === 'ABSENT' ? [] : [{ ...recorded, before, after: order }];
  });
};

/** Nobody sent anything: the rest of it was called off. */
const takesNothing = ({ shipmentId }: ShipmentShipped, before: Order): boolean =>
  before.phase !== 'ABSENT' &&
  before.shipments.some((shipment) => shipment.id === shipmentId && leftIn(shipment).length === 0);

const nothingSaid: Omit<Said, 'returns'> = { whole: null, parts: new Map() };

type Own = {
  readonly isWhole: boolean;
  readonly concerns: (event: OrderEvent) => boolean;
  readonly lines: readonly OrderedLine[];
  readonly partsOf: (parts: readonly CalledOffPart[]) => readonly CalledOffPart[];
};

const ownOf = ({ lines, shipments }: Placed, part: Part): Own => {
  const isWhole = part === 'WHOLE';
  const ids = new Set(shipments.filter(({ sellerId }) => isWhole || sellerId === part).map(({ id }) => id));
  const isAll = ids.size === shipments.length;
  const ownLines = lines.filter(({ shipmentId }) => ids.has(shipmentId));
  const variants = new Set(ownLines.map(({ variantId }) => variantId));
  return {
    isWhole,
    lines: ownLines,
    partsOf: (parts) => parts.filter(({ shipmentId }) => ids.has(shipmentId)),
    concerns: (event) => {
      if ('shipmentId' in event) return ids.has(event.shipmentId);
      if (event.type === 'BackorderFilled')
        return event.waiting.some(({ variantId }) => variants.has(variantId));
      // Payments does not say whose it was.
      return event.type !== 'Refunded' || isAll;
    },
  };
};

const whoDid = (event: OrderEvent, { buyerId, shipments }: PlacedOrder): Who => {
  const buyer: Who = { actor: 'BUYER', userId: buyerId };
  /** The seller of the shipment, or of any; and where it was not kept who it was, they are taken to have been it. */
  const sellerOrAdmin = (userId: Id<'User'> | null, shipmentId?: Id<'Shipment'>): Who => {
    const own = shipments.filter(({ id }) => shipmentId === undefined || id === shipmentId);
    const isSeller = userId === null || own.some(({ sellerId }) => sellerId === userId);
    return { actor: isSeller ? 'SELLER' : 'ADMIN', userId };
  };
  switch (event.type) {
    case 'Placed':
    case 'Claimed':
    case 'ShipmentDelivered':
    case 'DisputeOpened':
    case 'ReturnRequested':
    case 'ReturnWithdrawn':
      return buyer;
    case 'DisputeDecided':
      if (event.outcome === 'WITHDRAWN') return buyer;
      return event.by === null ? system : { actor: 'ADMIN', userId: event.by };
    case 'Cancelled':
      return event.by === buyerId ? buyer : sellerOrAdmin(event.by);
    case 'LinesCancelled':
      return event.by === buyerId ? buyer : sellerOrAdmin(event.by, event.shipmentId);
    case 'ReturnApproved':
    case 'ReturnRejected':
    case 'ReturnReceived':
    case 'ParcelShipped':
    case 'ShipmentShipped':
      return sellerOrAdmin(event.by, event.shipmentId);
    default:
      return system;
  }
};

const units = (waiting: readonly { variantId: Id<'Variant'>; quantity: number }[], own: Own): string =>
  waiting
    .flatMap(({ variantId, quantity }) => {
      const line = own.lines.find((each) => each.variantId === variantId);
      return line && quantity > 0 ? [`${quantity} × ${line.title}`] : [];
    })
    .join(', ');

const told = (event: OrderEvent, said: Said, own: Own): Partial<Told> => {
  switch (event.type) {
    case 'Failed':
      return { reason: event.reason, step: stepThatFailed[event.reason] };
    case 'Cancelled':
      return { reason: said.whole, ...toldOfParts(own.partsOf(event.parts), own) };
    case 'StockReserved': {
      const waits = units(event.backordered, own);
      return { step: 'RESERVE', detail: waits ? `Still to come: ${waits}` : null };
    }
    case 'BackorderFilled': {
      const waits = units(event.waiting, own);
      return { detail: waits ? `Still to come: ${waits}` : 'All has come.' };
    }
    case 'Confirmed':
      return { step: 'PAY' };
    case 'ParcelShipped': {
      const sent = units(event.lines, own);
      return {
        shipmentId: event.shipmentId,
        detail: `${event.carrier} ${event.trackingNumber}: ${sent}`,
      };
    }
    case 'LinesCancelled':
      return {
        shipmentId: event.shipmentId,
        detail: units(event.lines, own),
        reason: said.parts.get(event.cancellationId) ?? null,
        amount: event.amount,
      };
    case 'ReturnRequested':
    case 'ReturnApproved':
    case 'ReturnRejected':
    case 'ReturnWithdrawn':
    case 'ReturnReceived':
    case 'ReturnRefunded':
      return toldOfReturn(event, said.returns, (lines) => units(lines, own));
    case 'ShipmentShipped':
      return { shipmentId: event.shipmentId, detail: `${event.carrier} ${event.trackingNumber}` };
    case 'ShipmentDelivered':
      return { shipmentId: event.shipmentId };
    case 'ShipmentReleased':
      return {
        shipmentId: event.shipmentId,
        detail: event.ahead ? 'A dispute was decided so, before all of it was sent.' : null,
      };
    case 'DisputeOpened':
      return { shipmentId: event.shipmentId, reason: event.reason };
    case 'DisputeDecided':
      return { shipmentId: event.shipmentId, detail: ends[event.outcome], amount: event.refunded };
    case 'Refunded':
      return { step: 'REFUND', amount: event.amount };
    case 'PaymentAwaitsBuyer':
      return { step: 'PAY', detail: 'The buyer has to confirm it with their bank.' };
    case 'AskedAgain':
      return { step: event.step, attempt: event.attempt, detail: 'Nobody had answered in time.' };
    case 'PurchaseParked':
      return { step: event.step, detail: 'Nobody answered, however often asked: a person has to look.' };
    case 'ReservationCameLate':
    case 'RejectionCameLate':
      return { step: 'RESERVE', detail: lateAnswer };
    case 'PaymentCameLate':
    case 'DeclineCameLate':
      return { step: 'PAY', detail: lateAnswer };
    default:
      return {};
  }
};

/** What was still to be sent, and what of its price goes back: nothing of what was not paid. */
const toldOfParts = (parts: readonly CalledOffPart[], own: Own): Partial<Told> => {
  const [first] = parts;
  if (!first) return {};
  const amount = sum(
    parts.map((part) => part.amount),
    first.amount.currency,
  );
  const lines = parts.flatMap((part) => part.lines);
  return { detail: units(lines, own), amount: amount.minor > 0n ? amount : null };
};

const ends = {
  BUYER: 'Decided for the buyer.',
  SELLER: 'Decided for the seller.',
  WITHDRAWN: 'The buyer withdrew it.',
  LAPSED: 'All of the money went back for another reason.',
} as const;

const stepThatFailed = {
  OUT_OF_STOCK: 'RESERVE',
  RESERVATION_TIMED_OUT: 'RESERVE',
  PAYMENT_DECLINED: 'PAY',
  PAYMENT_TIMED_OUT: 'PAY',
} as const;

const lateAnswer = 'The answer came when the order had ended already.';
