/** What a buyer sends back of one shipment: what was asked for, what became of it, and what arrived. */
import type { Id, Instant, Money } from '@emporium/domain';
import { type ShipmentLine, type Units, unitsOf } from './shipment.ts';

/** Why, in words that may be kept for ever. */
export type ReturnReason = 'DAMAGED' | 'WRONG_ITEM' | 'NOT_AS_DESCRIBED' | 'UNWANTED' | 'OTHER';

/** REFUNDED when the money has gone back, too; REJECTED and WITHDRAWN returns leave their units to be asked for again. */
export const returnStatuses = [
  'REQUESTED',
  'APPROVED',
  'REJECTED',
  'WITHDRAWN',
  'RECEIVED',
  'REFUNDED',
] as const;

export type ReturnStatus = (typeof returnStatuses)[number];

/** On what occasion somebody said something of a return, which is kept apart from its history. */
export type ReturnNoteAbout = 'REQUEST' | 'REJECTION' | 'RECEIPT';

/** Whether units that came back can be sold again. */
export type Disposition = 'RESTOCK' | 'WRITE_OFF';

/** Units that came back. Without a location they are where their seller's goods are by default. */
export type ArrivedUnits = Units & {
  readonly disposition: Disposition;
  readonly locationId: Id<'Location'> | null;
};

export type Return = {
  readonly id: Id<'Return'>;
  readonly shipmentId: Id<'Shipment'>;
  readonly reason: ReturnReason;
  readonly status: ReturnStatus;
  readonly lines: readonly Units[];
  /** Nothing until it is received; then there may be fewer than were asked for. */
  readonly arrived: readonly ArrivedUnits[];
  /** What goes back for them; null until they are received. */
  readonly refund: Money | null;
  readonly requestedAt: Instant;
  readonly changedAt: Instant;
};

/** Its units are on their way, or will be. */
export const isOpen = ({ status }: Return): boolean => status === 'REQUESTED' || status === 'APPROVED';

/** What became of the units of a variant that came back. */
export const countArrived = (arrived: readonly ArrivedUnits[], variantId: Id<'Variant'>) => {
  const being = (disposition: Disposition) =>
    unitsOf(
      arrived.filter((each) => each.disposition === disposition),
      variantId,
    );
  return { restocked: being('RESTOCK'), writtenOff: being('WRITE_OFF') };
};

/** How many of a line can still be asked to be returned; `returns` are those of its shipment. */
export const returnableOf = (
  { variantId, shipped, returned }: ShipmentLine,
  returns: readonly Return[],
): number =>
  returns.filter(isOpen).reduce((left, { lines }) => left - unitsOf(lines, variantId), shipped - returned);
