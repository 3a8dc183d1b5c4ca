import { guestOf } from '../../domain/guest.ts';
import type { Actor } from '../../domain/order-command.ts';
import type { ReturnReason } from '../../domain/return.ts';
import type { Units } from '../../domain/shipment.ts';
import { handleOrder } from '../handle-order.ts';
import { keepSaid } from '../keep-said.ts';
import type { Fingerprint } from '../place-order.ts';
import type { OrderId, Ports, ShipmentId, Transact } from '../ports.ts';
import type { ReturnOutcome } from './return-outcome.ts';

export type ReturnRequest = {
  readonly idempotencyKey: string;
  readonly shipmentId: ShipmentId;
  readonly lines: readonly Units[];
  readonly reason: ReturnReason;
  /** Free text, kept apart from the order's history. */
  readonly comment: string | null;
};

/**
 * The buyer wants to send units of a shipment back that arrived at most so many days ago. Only a return that came of it binds
 * the key; equal requests at once wait for each other and get the same one.
 */
export const requestReturn =
  (transact: Transact, fingerprint: Fingerprint, windowDays: number) =>
  (by: Actor, request: ReturnRequest): Promise<ReturnOutcome> =>
    transact(async (ports) => {
      const { idempotencyKey: key, shipmentId, lines, reason, comment } = request;
      const inputHash = fingerprint(canonical(request));
      const orderId = await ports.orders.orderOfShipment(shipmentId);
      const bound =
        (await ports.returnKeys.find(by.id, key)) ?? (await boundAsGuest(ports, by, orderId, key));
      if (bound) {
        return bound.inputHash === inputHash
          ? { ok: true, returnId: bound.returnId, orderId: bound.orderId }
          : { ok: false, refusal: 'IDEMPOTENCY_MISMATCH' };
      }
      if (!orderId) return { ok: false, refusal: 'NOT_FOUND' };
      const returnId = ports.newId<'Return'>();
      const arrivedSince = await ports.daysAgo(windowDays);
      const decision = await handleOrder(ports, orderId, {
        type: 'RequestReturn',
        by,
        returnId,
        shipmentId,
        lines,
        reason,
        arrivedSince,
      });
      if (!decision.ok) return decision;
      await ports.returnKeys.bind({ buyerId: by.id, key, inputHash, returnId, orderId });
      await keepSaid(ports, orderId, comment, (text) =>
        ports.privateRecords.keepReturnNote(returnId, orderId, 'REQUEST', text),
      );
      return { ok: true, returnId, orderId };
    });

/** What was asked for without an account, by whoever has claimed the order since. */
const boundAsGuest = async ({ orders, returnKeys }: Ports, by: Actor, id: OrderId | null, key: string) => {
  if (!id) return null;
  const { order } = await orders.load(id);
  return order.phase !== 'ABSENT' && order.buyerId === by.id ? returnKeys.find(guestOf(id), key) : null;
};

/** The same input always gives the same text: lines in one order, no key. */
const canonical = ({ shipmentId, lines, reason, comment }: ReturnRequest): string => {
  const units = lines.map(({ variantId, quantity }) => [variantId, quantity] as const);
  return JSON.stringify([shipmentId, units.toSorted(([a], [b]) => (a < b ? -1 : 1)), reason, comment]);
};
