/** The part of an order that one seller sends: what is in it, what of it has left in which parcel, and what is called off. */
import type { Id, Instant, Money } from '@emporium/domain';

export type ShipmentStatus = 'PENDING' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED';

/** So many units of one variant. */
export type Units = { readonly variantId: Id<'Variant'>; readonly quantity: number };

export type ShipmentLine = Units & {
  /** For all of them, with discount and tax. */
  readonly paid: Money;
  /** Will not be sent. */
  readonly cancelled: number;
  /** On their way, or further. */
  readonly shipped: number;
  /** Of those that were, so many came back. */
  readonly returned: number;
};

/** What left at once. */
export type Parcel = {
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly lines: readonly Units[];
  readonly shippedAt: Instant;
  readonly deliveredAt: Instant | null;
};

/** Which of its two ends were heard of: they may come in any order. */
export type Dispute = { readonly id: Id<'Dispute'>; readonly isOpened: boolean; readonly isOver: boolean };

/** Whether the seller has the money. AHEAD: before all of it was sent, because a dispute was decided so. */
export type Payout = 'NONE' | 'AHEAD' | 'DONE';

export type Shipment = {
  readonly id: Id<'Shipment'>;
  readonly sellerId: Id<'User'>;
  /** How far the goods came: SHIPPED when all that is to be sent has left. */
  readonly status: ShipmentStatus;
  readonly lines: readonly ShipmentLine[];
  /** All that was paid for it, sending included. */
  readonly amount: Money;
  /** What of that goes back for what was called off or came back, or because a dispute was decided so. */
  readonly back: Money;
  readonly parcels: readonly Parcel[];
  readonly payout: Payout;
  /** A dispute ended so that there is no money left for the seller. */
  readonly nothingLeft: boolean;
  /** A dispute was decided: who gets what of its money is settled. */
  readonly decided: boolean;
  /** When the buyer had it, or was taken to: since it was delivered or paid out, whichever came first. */
  readonly arrivedAt: Instant | null;
  readonly disputes: readonly Dispute[];
};

/** Who gets its money is settled, by a payout or by a decision: what has not left of it is not called off any more. */
export const isSettled = ({ payout, decided }: Shipment): boolean => decided || payout !== 'NONE';

/** The goods have left, and nobody waits for money. What was paid ahead is done when it has arrived, and that is said. */
export const isDone = ({ status, payout, nothingLeft }: Shipment): boolean =>
  payout === 'DONE' || (nothingLeft && status !== 'PENDING');

/** How the last parcel went; null before anything has left. */
export const lastParcelOf = ({ parcels }: Shipment): Parcel | null => parcels.at(-1) ?? null;

/** How many are still to be sent. */
export const leftOf = ({ quantity, cancelled, shipped }: ShipmentLine): number =>
  quantity - cancelled - shipped;

/** All that is still to be sent. */
export const leftIn = ({ lines }: Shipment): readonly Units[] =>
  lines.flatMap((line) =>
    leftOf(line) > 0 ? [{ variantId: line.variantId, quantity: leftOf(line) }] : [],
  );

export const lineOf = ({ lines }: Shipment, variantId: Id<'Variant'>): ShipmentLine | undefined =>
  lines.find((line) => line.variantId === variantId);

/** How many units of a variant are among these; it may be named more than once. */
export const unitsOf = (units: readonly Units[], variantId: Id<'Variant'>): number =>
  units.reduce((sum, each) => sum + (each.variantId === variantId ? each.quantity : 0), 0);

/** Whether both name the same units, in whatever order. */
export const sameUnits = (one: readonly Units[], other: readonly Units[]): boolean =>
  one.length === other.length &&
  one.every(({ variantId, quantity }) => unitsOf(other, variantId) === quantity);

/** These units left. */
export const withParcel = (shipment: Shipment, parcel: Parcel): Shipment => {
  if (parcel.lines.length === 0) return shipment;
  return {
    ...shipment,
    parcels: [...shipment.parcels, parcel],
    lines: shipment.lines.map((line) => ({
      ...line,
      shipped: line.shipped + unitsOf(parcel.lines, line.variantId),
    })),
  };
};

/** So much more goes back. Two causes may have been told to payments before one was heard here: no more goes back than was paid. */
export const withBack = ({ amount, back }: Shipment, more: Money): Money => {
  const minor = back.minor + more.minor;
  const isAll = minor >= amount.minor;
  return { minor: isAll ? amount.minor : minor, currency: amount.currency };
};

/** These units will not be sent, and so much goes back for them. Without any left that ever will be, it is cancelled. */
export const withoutUnits = (shipment: Shipment, units: readonly Units[], amount: Money): Shipment => {
  const lines = shipment.lines.map((line) => ({
    ...line,
    cancelled: line.cancelled + unitsOf(units, line.variantId),
  }));
  const isOver = lines.every(({ quantity, cancelled }) => cancelled === quantity);
  return {
    ...shipment,
    lines,
    back: withBack(shipment, amount),
    status: isOver ? 'CANCELLED' : shipment.status,
  };
};

/** Its seller was paid, which is taken for its arrival; but what a dispute released before it was sent has not arrived. */
export const withPayout = (shipment: Shipment, payout: Payout, at: Instant): Shipment => ({
  ...shipment,
  payout,
  arrivedAt: shipment.status === 'PENDING' ? null : (shipment.arrivedAt ?? at),
});

/** Its money waits for somebody to decide. */
export const isDisputed = ({ disputes }: Shipment): boolean =>
  disputes.some(({ isOpened, isOver }) => isOpened && !isOver);

/** So much more was heard of a dispute. */
export const withDispute = (
  shipment: Shipment,
  id: Id<'Dispute'>,
  heard: Partial<Omit<Dispute, 'id'>>,
): Shipment => {
  const before = shipment.disputes.find((each) => each.id === id) ?? { id, isOpened: false, isOver: false };
  const others = shipment.disputes.filter((each) => each.id !== id);
  return { ...shipment, disputes: [...others, { ...before, ...heard }] };
};

/** These units came back, and so much goes back for them. */
export const withReturned = (shipment: Shipment, units: readonly Units[], amount: Money): Shipment => ({
  ...shipment,
  lines: shipment.lines.map((line) => ({
    ...line,
    returned: line.returned + unitsOf(units, line.variantId),
  })),
  back: withBack(shipment, amount),
});
