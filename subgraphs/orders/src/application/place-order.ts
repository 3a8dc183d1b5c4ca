import type { Money } from '@emporium/domain';
import { takeOut } from '../domain/cart.ts';
import type { PaymentMethod } from '../domain/order-event.ts';
import { type PlaceRefusal, sellersOf } from '../domain/place.ts';
import { handleOrder } from './handle-order.ts';
import type { Address, OrderId, Ports, ShipmentId, Transact, UserId } from './ports.ts';

export type PlaceOrderInput = {
  readonly idempotencyKey: string;
  readonly shippingAddress: Address;
  readonly payment: { readonly method: PaymentMethod; readonly token: string | null };
  readonly expectedTotal: Money | null;
};

export type PlaceOrderOutcome =
  | { readonly ok: true; readonly orderId: OrderId }
  | { readonly ok: false; readonly refusal: PlaceRefusal | 'IDEMPOTENCY_MISMATCH' | 'GONE' };

/** Port: a digest that two inputs share only when they are the same text. */
export type Fingerprint = (text: string) => string;

/**
 * Turns the buyer's cart into an order and calls nobody. The cart is held from the start, so that equal requests at once
 * wait for each other; a key that is bound already answers before the cart is looked at.
 */
export const placeOrder =
  (transact: Transact, fingerprint: Fingerprint) =>
  (buyerId: UserId, input: PlaceOrderInput): Promise<PlaceOrderOutcome> =>
    transact(async (ports) => {
      const { idempotencyKey: key } = input;
      const inputHash = fingerprint(canonical(input));
      const cart = await ports.carts.open(buyerId);
      const bound = await ports.placements.find(buyerId, key);
      if (bound) {
        return bound.inputHash === inputHash
          ? { ok: true, orderId: bound.orderId }
          : { ok: false, refusal: 'IDEMPOTENCY_MISMATCH' };
      }
      // The account is gone, and its access token not yet.
      if (await ports.deletedUsers.has(buyerId)) return { ok: false, refusal: 'GONE' };
      const orderId = ports.newId<'Order'>();
      const decision = await place(ports, orderId, buyerId, cart.lines, input);
      if (!decision.ok) return { ok: false, refusal: decision.refusal as PlaceRefusal };
      await ports.placements.bind({ buyerId, key, inputHash, orderId });
      await ports.carts.change(cart, 'ORDERED', takeOut(cart.lines));
      return { ok: true, orderId };
    });

const place = async (
  ports: Ports,
  orderId: OrderId,
  buyerId: UserId,
  cart: Awaited<ReturnType<Ports['carts']['open']>>['lines'],
  { shippingAddress, payment, expectedTotal }: PlaceOrderInput,
) => {
  const catalogue = await ports.catalogue.find(cart.map(({ variantId }) => variantId));
  const shipmentIds = new Map<UserId, ShipmentId>(
    sellersOf(cart, catalogue).map((sellerId) => [sellerId, ports.newId<'Shipment'>()]),
  );
  const decision = await handleOrder(ports, orderId, {
    type: 'Place',
    buyerId,
    cart,
    catalogue,
    shipmentIds,
    method: payment.method,
    expectedTotal,
  });
  if (!decision.ok) return decision;
  await ports.privateRecords.keepAddress(orderId, shippingAddress);
  if (payment.token !== null) await ports.privateRecords.keepToken(orderId, payment.token);
  return decision;
};

/** The same input always gives the same text: fixed order, minor units, no key. */
const canonical = ({ shippingAddress: to, payment, expectedTotal }: PlaceOrderInput): string =>
  JSON.stringify([
    [to.name, to.line1, to.line2, to.city, to.postalCode, to.country],
    [payment.method, payment.token],
    expectedTotal && [expectedTotal.minor.toString(), expectedTotal.currency],
  ]);
