import type { Received } from '@emporium/contracts';
import { causeOf } from '@emporium/messaging';
import type { OrderId } from '../domain/ids.ts';
import {
  decide,
  evolve,
  initial,
  type ReservationCommand,
  type ReservationDecision,
} from '../domain/reservation.ts';
import type { Happened, Ports } from './ports.ts';

/** How many orders may share one transaction: enough when many come at once, few to do again when one of them fails. */
export const mostTogether = 32;

/** A message about one order. */
type AboutOrder = Omit<Received, 'payload'> & { readonly payload: { readonly orderId: OrderId } };

/**
 * Load, decide, save: the whole shell around the decider, inside the caller's transaction. Messages that came together are
 * decided one after the other, and saved together.
 */
export const handleReservations = async <Message extends AboutOrder>(
  { reservations }: Ports,
  received: readonly Message[],
  /** Called when the orders are held: what it reads stays true until the transaction ends. */
  command: (message: Message) => Promise<ReservationCommand> | ReservationCommand,
): Promise<readonly ReservationDecision[]> => {
  const orderIds = received.map(({ payload }) => payload.orderId);
  const held = await reservations.hold(orderIds, []);
  const states = new Map(held.reservations);
  const decisions: ReservationDecision[] = [];
  const happened: Happened[] = [];
  for (const message of received) {
    const { orderId } = message.payload;
    const reservation = states.get(orderId) ?? initial;
    const decision = decide(await command(message), reservation);
    decisions.push(decision);
    for (const event of decision.ok ? decision.events : []) {
      states.set(orderId, evolve(reservation, event));
      happened.push({ orderId, event, cause: causeOf(message) });
    }
  }
  await reservations.save(happened, held.at);
  return decisions;
};
