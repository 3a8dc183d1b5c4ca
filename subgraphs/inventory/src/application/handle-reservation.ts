import type { OrderId } from '../domain/ids.ts';
import {
  decide,
  type ReservationCommand,
  type ReservationDecision,
  type ReservationEvent,
} from '../domain/reservation.ts';
import type { Ports } from './ports.ts';

/** Load, decide, save: the whole shell around the decider, inside the caller's transaction. */
export const handleReservation = async (
  { reservations, now }: Ports,
  orderId: OrderId,
  /** Called when the order is held: what it reads stays true until the transaction ends. */
  command: () => Promise<ReservationCommand> | ReservationCommand,
  beforeSaving: (event: ReservationEvent) => Promise<void> = async () => undefined,
): Promise<ReservationDecision> => {
  const reservation = await reservations.load(orderId);
  const decision = decide(await command(), reservation);
  if (!decision.ok) return decision;
  for (const event of decision.events) {
    await beforeSaving(event);
    await reservations.save(orderId, event, await now());
  }
  return decision;
};
