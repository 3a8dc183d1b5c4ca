import { guestOf, isGuest } from '../domain/guest.ts';
import type { Draft, DraftOrder } from './draft-order.ts';
import type { Guests } from './open-guest-cart.ts';
import {
  canonical,
  type Fingerprint,
  type Placement,
  type PlaceOrderRefusal,
  placeCart,
} from './place-order.ts';
import type { OrderId, Ports, Transact } from './ports.ts';

export type GuestPlacement = Placement & {
  /** Where the guest can be written to. */
  readonly email: string;
};

export type PlaceAsGuestOutcome =
  | { readonly ok: true; readonly orderId: OrderId; readonly orderToken: string }
  | { readonly ok: false; readonly refusal: PlaceOrderRefusal | { readonly code: GuestRefusalCode } }
  | { readonly ok: false; readonly retryAfter: number; readonly refusal?: never };

export type GuestRefusalCode =
  | 'CART_NOT_FOUND'
  | 'WALLET_NEEDS_ACCOUNT'
  | 'METHOD_NEEDS_ACCOUNT'
  | 'NO_LONGER_HELD';

/**
 * Turns the cart of whoever holds its token into an order whose buyer is nobody but the order's guest. The order's token is
 * made of the cart's, so that the same request again gives the same token, and what is kept of it is its fingerprint.
 */
export const placeAsGuest =
  (transact: Transact, fingerprint: Fingerprint, guests: Guests, draft: DraftOrder) =>
  async (
    address: string | null,
    cartToken: string,
    input: GuestPlacement,
  ): Promise<PlaceAsGuestOutcome> => {
    if (input.payment.method === 'WALLET') return refuse('WALLET_NEEDS_ACCOUNT');
    if (input.payment.paymentMethodId !== null) return refuse('METHOD_NEEDS_ACCOUNT');
    const limited = await guests.admitOrder(address);
    if (limited) return { ok: false, retryAfter: limited.retryAfter };
    const drafted = await draft(input.payment);
    return transact((ports) => place(ports, fingerprint, guests, cartToken, input, drafted));
  };

const refuse = (code: GuestRefusalCode): PlaceAsGuestOutcome => ({ ok: false, refusal: { code } });

const place = async (
  ports: Ports,
  fingerprint: Fingerprint,
  guests: Guests,
  cartToken: string,
  input: GuestPlacement,
  { orderId, card }: Draft,
): Promise<PlaceAsGuestOutcome> => {
  const cart = await ports.carts.ofGuest(fingerprint(cartToken));
  if (!cart) return refuse('CART_NOT_FOUND');
  const answer = (id: OrderId) =>
    ({ ok: true, orderId: id, orderToken: guests.orderToken(cartToken, id) }) as const;
  const shopperId = guestOf(cart.id);
  const key = input.idempotencyKey;
  const inputHash = fingerprint(JSON.stringify([canonical(input), input.email]));
  const { bound } = await ports.placements.find(shopperId, key);
  if (bound) {
    if (bound.inputHash !== inputHash) return { ok: false, refusal: { code: 'IDEMPOTENCY_MISMATCH' } };
    const again = answer(bound.orderId);
    return (await isHeld(ports, fingerprint(again.orderToken))) ? again : refuse('NO_LONGER_HELD');
  }
  if (cart.mergedInto !== null) return refuse('CART_NOT_FOUND');
  const shopper = { shopperId, buyerId: guestOf(orderId), orderId };
  const placed = await placeCart(ports, shopper, cart, input, { key, inputHash, card });
  if (!placed.ok) return placed;
  const { orderToken } = answer(orderId);
  await ports.guestOrders.keep({
    orderId,
    tokenHash: fingerprint(orderToken),
    cartId: cart.id,
    email: input.email,
  });
  return { ok: true, orderId, orderToken };
};

/** An account may have taken the order over since, or the guest have been erased. */
const isHeld = async ({ guestOrders, orders }: Ports, tokenHash: string): Promise<boolean> => {
  const orderId = await guestOrders.find(tokenHash);
  if (!orderId) return false;
  const { order } = await orders.load(orderId);
  return order.phase !== 'ABSENT' && isGuest(order.buyerId);
};
