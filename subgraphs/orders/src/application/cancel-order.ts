import type { Actor } from '../domain/order-command.ts';
import type { OrderRefusal } from '../domain/order-decision.ts';
import { handleOrder } from './handle-order.ts';
import { keepSaid } from './keep-said.ts';
import type { OrderId, Transact } from './ports.ts';

export type CancelOrderOutcome =
  | { readonly ok: true; readonly orderId: OrderId }
  | { readonly ok: false; readonly refusal: OrderRefusal };

/** Calls the order off. The reason is free text and kept apart from the order's history. */
export const cancelOrder =
  (transact: Transact) =>
  (by: Actor, orderId: OrderId, reason: string | null): Promise<CancelOrderOutcome> =>
    transact(async (ports) => {
      const decision = await handleOrder(ports, orderId, { type: 'Cancel', by });
      if (!decision.ok) return decision;
      if (decision.events.length > 0)
        await keepSaid(ports, orderId, reason, (text) =>
          ports.privateRecords.keepCancelReason(orderId, text),
        );
      return { ok: true, orderId };
    });
