import { cancelOrder } from './cancel-order.ts';
import { addToCart, updateCartLine } from './change-cart.ts';
import { quoteCart } from './checkout/quote-cart.ts';
import { followOrder, type OrderFeed } from './follow-order.ts';
import { confirmDelivery, shipShipment } from './move-shipment.ts';
import { type Fingerprint, placeOrder } from './place-order.ts';
import type { Transact } from './ports.ts';
import type { OrderReads } from './reads.ts';

/** Everything that a client can do with carts and orders. */
export const createApp = (world: {
  transact: Transact;
  fingerprint: Fingerprint;
  reads: OrderReads;
  feed: OrderFeed;
}) => ({
  reads: world.reads,
  addToCart: addToCart(world.transact),
  updateCartLine: updateCartLine(world.transact),
  quoteCart: quoteCart(world.transact),
  placeOrder: placeOrder(world.transact, world.fingerprint),
  cancelOrder: cancelOrder(world.transact),
  shipShipment: shipShipment(world.transact),
  confirmDelivery: confirmDelivery(world.transact),
  followOrder: followOrder(world.feed),
});

export type App = ReturnType<typeof createApp>;
