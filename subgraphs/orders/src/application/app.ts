import { cancelOrder } from './cancel-order.ts';
import { addToCart, updateCartLine } from './change-cart.ts';
import { followOrder, type OrderFeed } from './follow-order.ts';
import { mergeCart } from './merge-cart.ts';
import { confirmDelivery, shipShipment } from './move-shipment.ts';
import { type Guests, openGuestCart } from './open-guest-cart.ts';
import { orderAsOf } from './order-as-of.ts';
import { type Fingerprint, placeOrder } from './place-order.ts';
import type { Transact } from './ports.ts';
import type { OrderReads } from './reads.ts';

/** Everything that a client can do with carts and orders. */
export const createApp = (world: {
  transact: Transact;
  fingerprint: Fingerprint;
  reads: OrderReads;
  feed: OrderFeed;
  guests: Guests;
}) => ({
  reads: world.reads,
  guestCart: (cartToken: string) => world.reads.guestCart(world.fingerprint(cartToken)),
  addToCart: addToCart(world.transact, world.fingerprint),
  openGuestCart: openGuestCart(world.transact, world.fingerprint, world.guests),
  updateCartLine: updateCartLine(world.transact, world.fingerprint),
  mergeCart: mergeCart(world.transact, world.fingerprint),
  placeOrder: placeOrder(world.transact, world.fingerprint),
  cancelOrder: cancelOrder(world.transact),
  shipShipment: shipShipment(world.transact),
  confirmDelivery: confirmDelivery(world.transact),
  followOrder: followOrder(world.feed),
  orderAsOf: orderAsOf(world.reads),
});

export type App = ReturnType<typeof createApp>;
