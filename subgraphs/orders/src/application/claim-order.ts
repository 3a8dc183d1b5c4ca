import type { OrderRefusal } from '../domain/order-decision.ts';
import { handleOrder } from './handle-order.ts';
import type { Fingerprint } from './place-order.ts';
import type { OrderId, Transact, UserId } from './ports.ts';

export type ClaimOrderOutcome =
  | { readonly ok: true; readonly orderId: OrderId }
  | { readonly ok: false; readonly refusal: 'NOT_FOUND' | 'OWN_GOODS' | 'GONE' };

/**
 * An order that was placed without an account becomes the account's of whoever holds its token. From then on the token opens
 * nothing, and the same again changes nothing. The account's cart is held from the start, as by all who move an account.
 */
export const claimOrder =
  (transact: Transact, fingerprint: Fingerprint) =>
  (by: UserId, orderToken: string): Promise<ClaimOrderOutcome> =>
    transact(async (ports) => {
      await ports.carts.open(by);
      // The account is gone, and its access token not yet.
      if (await ports.deletedUsers.has(by)) return { ok: false, refusal: 'GONE' };
      const orderId = await ports.guestOrders.find(fingerprint(orderToken));
      if (!orderId) return { ok: false, refusal: 'NOT_FOUND' };
      const decision = await handleOrder(ports, orderId, { type: 'Claim', by });
      if (!decision.ok) return { ok: false, refusal: refusalOf(decision.refusal) };
      if (decision.events.length > 0) await ports.guestOrders.leave(orderId);
      return { ok: true, orderId };
    });

/** Of an order that an account may not have, nothing is said but that. */
const refusalOf = (refusal: OrderRefusal) => (refusal === 'OWN_GOODS' ? refusal : 'NOT_FOUND');
