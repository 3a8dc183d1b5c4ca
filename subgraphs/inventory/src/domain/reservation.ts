/** What one order sets aside: what may be asked of it in any order and any number of times, and what then happens. */
import { accept, type Decision, refuse } from '@emporium/domain';
import { type Allocation, type AvailableAt, allocate, totalOf } from './allocation.ts';
import type { BackorderRoom } from './backorder.ts';
import type { CauseId, VariantId } from './ids.ts';

/** So many units of one variant. */
export type Line = { readonly variantId: VariantId; readonly quantity: number };

/** A line, and where its units are taken: they go back to where they came from. What was short waits for goods to come. */
export type AllocatedLine = Line & {
  readonly allocations: readonly Allocation[];
  /** Quantity less what is allocated. */
  readonly waiting: number;
};

/** What can be ordered of each variant, by location, in the order in which locations are taken from. */
export type AvailableStock = ReadonlyMap<VariantId, readonly AvailableAt[]>;

/** A variant of which there is less than asked for. */
export type Shortage = {
  readonly variantId: VariantId;
  readonly requested: number;
  readonly available: number;
};

/** `absent`: not heard of. `closed`: the order ended before it was heard of. The lines live in the tables. */
export type Reservation = {
  readonly status: 'absent' | 'reserved' | 'committed' | 'rejected' | 'released' | 'closed';
};

/** `available` holds every variant that inventory knows among the lines. */
export type Reserve = {
  readonly type: 'Reserve';
  readonly lines: readonly Line[];
  readonly available: AvailableStock;
  readonly room: BackorderRoom;
};

/** What an order has of a variant now, in the order in which it was taken, and how many units it waits for. */
export type HeldLine = { readonly allocations: readonly Allocation[]; readonly waiting: number };

/** A part of the order was called off. */
export type Cut = {
  readonly type: 'Cut';
  readonly causeId: CauseId;
  /** It was cut for this cause before. */
  readonly isDone: boolean;
  readonly lines: readonly Line[];
  readonly held: ReadonlyMap<VariantId, HeldLine>;
};

/** So many units fewer: these go back to where they came from, and so many are waited for after that. */
export type CutLine = AllocatedLine & { readonly waitedLess: boolean };

export type ReservationCommand = Reserve | Cut | { readonly type: 'Commit' } | { readonly type: 'Release' };

export type ReservationEvent =
  /** available → reserved, as far as it is there. One line per variant, in variant order. */
  | { readonly type: 'Reserved'; readonly lines: readonly AllocatedLine[] }
  | { readonly type: 'Rejected'; readonly shortages: readonly Shortage[] }
  /** reserved → sold. */
  | { readonly type: 'Committed' }
  /** Back to available, from reserved or from sold. */
  | { readonly type: 'Released'; readonly from: 'reserved' | 'sold' }
  | { readonly type: 'Closed' }
  /** Some units back to available, from reserved or from sold; the rest stays. */
  | {
      readonly type: 'Cut';
      readonly causeId: CauseId;
      readonly from: 'reserved' | 'sold';
      readonly lines: readonly CutLine[];
    };

/**
 * NOT_HEARD_OF: the order may still arrive. NOTHING_RESERVED: it was rejected, and should never have been confirmed.
 * NOT_HELD: more was called off than the order has.
 */
export type ReservationRefusal = 'NOT_HEARD_OF' | 'NOTHING_RESERVED' | 'NOT_HELD';

export type ReservationDecision = Decision<ReservationEvent, ReservationRefusal>;

export const initial: Reservation = { status: 'absent' };

export const decide = (command: ReservationCommand, { status }: Reservation): ReservationDecision => {
  switch (command.type) {
    case 'Reserve':
      return status === 'absent' ? reserve(command) : accept();
    case 'Commit':
      return commit(status);
    case 'Release':
      return release(status);
    case 'Cut':
      return cut(command, status);
  }
};

/** All lines or none. Each takes what is there, and waits for the rest if its seller lets it. */
const reserve = ({ lines, available, room }: Reserve): ReservationDecision => {
  const wanted = perVariant(lines).map((line) => {
    const levels = available.get(line.variantId) ?? [];
    const waiting = Math.max(0, line.quantity - totalOf(levels));
    return { ...line, levels, waiting };
  });
  const shortages = wanted
    .filter(({ variantId, waiting }) => waiting > (room.get(variantId) ?? 0))
    .map(({ variantId, quantity, levels }) => ({
      variantId,
      requested: quantity,
      available: totalOf(levels),
    }));
  if (shortages.length > 0) return accept({ type: 'Rejected', shortages });
  return accept({
    type: 'Reserved',
    lines: wanted.map(({ levels, ...line }) => ({ ...line, allocations: allocate(line.quantity, levels) })),
  });
};

const commit = (status: Reservation['status']): ReservationDecision => {
  switch (status) {
    case 'reserved':
      return accept({ type: 'Committed' });
    case 'absent':
      return refuse('NOT_HEARD_OF');
    case 'rejected':
      return refuse('NOTHING_RESERVED');
    case 'committed':
    case 'released':
    case 'closed':
      return accept();
  }
};

const release = (status: Reservation['status']): ReservationDecision => {
  switch (status) {
    case 'absent':
      return accept({ type: 'Closed' });
    case 'reserved':
      return accept({ type: 'Released', from: 'reserved' });
    case 'committed':
      return accept({ type: 'Released', from: 'sold' });
    case 'rejected':
    case 'released':
    case 'closed':
      return accept();
  }
};

const cut = (command: Cut, status: Reservation['status']): ReservationDecision => {
  switch (status) {
    case 'reserved':
      return giveBack(command, 'reserved');
    case 'committed':
      return giveBack(command, 'sold');
    case 'absent':
      return refuse('NOT_HEARD_OF');
    case 'rejected':
      return refuse('NOTHING_RESERVED');
    case 'released':
    case 'closed':
      return accept(); // all of it went back
  }
};

/** What never came is waited for no longer, first of all; then what was taken last goes back first. */
const giveBack = (
  { causeId, isDone, lines, held }: Cut,
  from: 'reserved' | 'sold',
): ReservationDecision => {
  if (isDone) return accept();
  const fewer = perVariant(lines).map(({ variantId, quantity }) => {
    const { allocations, waiting } = held.get(variantId) ?? { allocations: [], waiting: 0 };
    const unwanted = Math.min(waiting, quantity);
    const there = allocations.map((each) => ({ ...each, available: each.quantity })).toReversed();
    const back = allocate(quantity - unwanted, there);
    return {
      ...{ variantId, quantity, allocations: back },
      ...{ waiting: waiting - unwanted, waitedLess: unwanted > 0 },
      isHeld: quantity - unwanted <= totalOf(there),
    };
  });
  if (fewer.some(({ isHeld }) => !isHeld)) return refuse('NOT_HELD');
  return accept({ type: 'Cut', causeId, from, lines: fewer.map(({ isHeld: _, ...line }) => line) });
};

/** Two lines may name the same variant. */
const perVariant = (lines: readonly Line[]): readonly Line[] => {
  const quantities = new Map<VariantId, number>();
  for (const { variantId, quantity } of lines) {
    quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  }
  return [...quantities]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
};

const statusAfter = {
  Reserved: 'reserved',
  Rejected: 'rejected',
  Committed: 'committed',
  Released: 'released',
  Closed: 'closed',
} as const satisfies Record<Exclude<ReservationEvent['type'], 'Cut'>, Reservation['status']>;

export const evolve = (reservation: Reservation, { type }: ReservationEvent): Reservation =>
  type === 'Cut' ? reservation : { status: statusAfter[type] };
