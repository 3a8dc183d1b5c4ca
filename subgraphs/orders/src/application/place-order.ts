import type { Instant, Money } from '@emporium/domain';
import { takeOut } from '../domain/cart.ts';
import type { Quote } from '../domain/checkout/quote.ts';
import type { ShippingMethod } from '../domain/checkout/rules.ts';
import type { PaymentMethod } from '../domain/order-event.ts';
import { type PriceRefusal, priceCart } from './checkout/price-cart.ts';
import type { DraftOrder, Payment } from './draft-order.ts';
import { handleOrder } from './handle-order.ts';
import type { Address, Card, Cart, OrderId, Ports, ShipmentId, Transact, UserId } from './ports.ts';

export type Placement = {
  readonly idempotencyKey: string;
  readonly shippingAddress: Address;
  readonly payment: Payment;
  /** How each seller is to send. */
  readonly shippingMethods: ReadonlyMap<UserId, ShippingMethod>;
  readonly couponCode: string | null;
  readonly expectedTotal: Money | null;
};

/** Whose lines are in the way, or what it comes to now, where that is why. */
export type PlaceOrderRefusal =
  | PriceRefusal
  | { readonly code: 'IDEMPOTENCY_MISMATCH' | 'GONE'; readonly total?: never };

export type PlaceOrderOutcome =
  | { readonly ok: true; readonly orderId: OrderId }
  | { readonly ok: false; readonly refusal: PlaceOrderRefusal };

/** Port: a digest that two inputs share only when they are the same text. */
export type Fingerprint = (text: string) => string;

/**
 * Turns the buyer's cart into an order and calls nobody. The cart is held from the start, so that equal requests at once
 * wait for each other; a key that is bound already answers before the cart is looked at.
 */
export const placeOrder =
  (transact: Transact, fingerprint: Fingerprint, draft: DraftOrder) =>
  async (buyerId: UserId, input: Placement): Promise<PlaceOrderOutcome> => {
    const { orderId, card } = await draft(input.payment);
    const { idempotencyKey: key } = input;
    const inputHash = fingerprint(canonical(input));
    return transact(async (ports) => {
      const cart = await ports.carts.open(buyerId);
      const { bound, isGone } = await ports.placements.find(buyerId, key);
      if (bound) {
        return bound.inputHash === inputHash
          ? { ok: true, orderId: bound.orderId }
          : { ok: false, refusal: { code: 'IDEMPOTENCY_MISMATCH' } };
      }
      // The account is gone, and its access token not yet.
      if (isGone) return { ok: false, refusal: { code: 'GONE' } };
      const shopper = { shopperId: buyerId, buyerId, orderId };
      return placeCart(ports, shopper, cart, input, { key, inputHash, card });
    });
  };

/** Whose cart, key and coupons it is, and whose the order is to be. A guest is another in each order. */
export type Shopper = { readonly shopperId: UserId; readonly buyerId: UserId; readonly orderId: OrderId };

/** A refusal commits what was written before it: so nothing is, until the last that can be refused is taken. */
export const placeCart = async (
  ports: Ports,
  { shopperId, buyerId, orderId }: Shopper,
  cart: Cart,
  input: Placement,
  { key, inputHash, card }: { readonly key: string; readonly inputHash: string; readonly card: Card },
): Promise<PlaceOrderOutcome> => {
  const priced = await priceCart(ports, shopperId, cart.lines, {
    destination: input.shippingAddress,
    methods: input.shippingMethods,
    couponCode: input.couponCode,
    expectedTotal: input.expectedTotal,
  });
  if (!priced.ok) return priced;
  const { coupon } = priced.quote;
  if (coupon && !(await ports.coupons.redeem({ ...coupon, buyerId: shopperId, orderId }))) {
    return { ok: false, refusal: { code: 'COUPON_USED_UP' } };
  }
  await ports.placements.bind({
    buyerId: shopperId,
    key,
    inputHash,
    orderId,
    address: input.shippingAddress,
    card,
  });
  await ports.carts.change(cart, 'ORDERED', takeOut(cart.lines), priced.at);
  await place(ports, orderId, buyerId, priced, input.payment.method);
  return { ok: true, orderId };
};

const place = async (
  ports: Ports,
  orderId: OrderId,
  buyerId: UserId,
  { quote, at }: { readonly quote: Quote; readonly at: Instant },
  method: PaymentMethod,
): Promise<void> => {
  const shipmentIds = new Map<UserId, ShipmentId>(
    quote.shipments.map(({ sellerId }) => [sellerId, ports.newId<'Shipment'>()]),
  );
  const request = { type: 'Place', buyerId, quote, shipmentIds, method } as const;
  const decision = await handleOrder(ports, orderId, request, at);
  if (!decision.ok) throw new Error(`a new order was refused: ${decision.refusal}`);
};

/**
 * The same input always gives the same text: fixed order, minor units, no key. What came to the input later is left out
 * where it is not given, so that old keys still find their orders.
 */
export const canonical = ({ shippingAddress: to, payment, expectedTotal, ...input }: Placement): string => {
  const methods = [...input.shippingMethods].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const since = [to.region, input.couponCode, methods] as const;
  return JSON.stringify([
    [to.name, to.line1, to.line2, to.city, to.postalCode, to.country],
    [payment.method, payment.token, ...(payment.paymentMethodId === null ? [] : [payment.paymentMethodId])],
    expectedTotal && [expectedTotal.minor.toString(), expectedTotal.currency],
    ...(to.region !== null || input.couponCode !== null || methods.length > 0 ? [since] : []),
  ]);
};
