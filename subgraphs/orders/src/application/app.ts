import { cancelLine, cancelShipment } from './call-off-part.ts';
import { cancelOrder } from './cancel-order.ts';
import { addToCart, updateCartLine } from './change-cart.ts';
import { createPromotion, endPromotion } from './checkout/keep-promotions.ts';
import { removeShippingRate, setShippingRate } from './checkout/keep-shipping-rates.ts';
import { setTaxCategory, setTaxRule } from './checkout/keep-taxes.ts';
import { listRules } from './checkout/list-rules.ts';
import { quoteCart } from './checkout/quote-cart.ts';
import { claimOrder } from './claim-order.ts';
import { draftOrder } from './draft-order.ts';
import { allowExport, type OrderExports } from './export-orders.ts';
import { followOrder, type OrderFeed } from './follow-order.ts';
import { followReceived, type ReceivedFeed } from './follow-received.ts';
import { forgetGuest } from './forget-guest.ts';
import { mergeCart } from './merge-cart.ts';
import { confirmDelivery, shipShipment } from './move-shipment.ts';
import { type Guests, openGuestCart } from './open-guest-cart.ts';
import { orderAsOf } from './order-as-of.ts';
import type { OrderLists } from './order-lists.ts';
import { placeAsGuest } from './place-as-guest.ts';
import { type Fingerprint, placeOrder } from './place-order.ts';
import type { NewId, SealToken, Transact } from './ports.ts';
import type { OrderReads } from './reads.ts';
import { approveReturn, cancelReturn, receiveReturn, rejectReturn } from './returns/decide-on-return.ts';
import { requestReturn } from './returns/request-return.ts';

/** Everything that a client can do with carts and orders. */
export const createApp = (world: {
  transact: Transact;
  fingerprint: Fingerprint;
  newId: NewId;
  sealToken: SealToken;
  reads: OrderReads;
  lists: OrderLists;
  feed: OrderFeed;
  received: ReceivedFeed;
  guests: Guests;
  /** For so many days what has arrived may be sent back. */
  returnDays: number;
  exports: OrderExports;
  /** Where a file is fetched with this token. */
  exportUrl: (token: string) => string;
}) => ({
  reads: world.reads,
  lists: world.lists,
  guestCart: (cartToken: string) => world.reads.guestCart(world.fingerprint(cartToken)),
  addToCart: addToCart(world.transact, world.fingerprint),
  openGuestCart: openGuestCart(world.transact, world.fingerprint, world.guests),
  updateCartLine: updateCartLine(world.transact, world.fingerprint),
  mergeCart: mergeCart(world.transact, world.fingerprint),
  quoteCart: quoteCart(world.transact, world.fingerprint),
  setShippingRate: setShippingRate(world.transact),
  removeShippingRate: removeShippingRate(world.transact),
  setTaxRule: setTaxRule(world.transact),
  setTaxCategory: setTaxCategory(world.transact),
  createPromotion: createPromotion(world.transact),
  endPromotion: endPromotion(world.transact),
  rules: listRules(world.transact),
  placeOrder: placeOrder(world.transact, world.fingerprint, draftOrder(world.newId, world.sealToken)),
  placeAsGuest: placeAsGuest(
    world.transact,
    world.fingerprint,
    world.guests,
    draftOrder(world.newId, world.sealToken),
  ),
  claimOrder: claimOrder(world.transact, world.fingerprint),
  forgetGuest: forgetGuest(world.transact, world.fingerprint),
  /** Which order a guest's token opens; null when none. */
  guestOrder: (orderToken: string) => world.reads.guestOrder(world.fingerprint(orderToken)),
  cancelOrder: cancelOrder(world.transact),
  cancelShipment: cancelShipment(world.transact),
  cancelLine: cancelLine(world.transact),
  shipShipment: shipShipment(world.transact),
  confirmDelivery: confirmDelivery(world.transact),
  requestReturn: requestReturn(world.transact, world.fingerprint, world.returnDays),
  approveReturn: approveReturn(world.transact),
  rejectReturn: rejectReturn(world.transact),
  cancelReturn: cancelReturn(world.transact),
  receiveReturn: receiveReturn(world.transact),
  returnDays: world.returnDays,
  followOrder: followOrder(world.feed),
  followReceived: followReceived(world.received),
  /** The sequence of the last order that a seller received. */
  lastReceived: world.received.last,
  orderAsOf: orderAsOf(world.reads),
  allowExport: allowExport(world.exports, world.guests.newToken, world.fingerprint),
  exportUrl: world.exportUrl,
  now: world.exports.now,
});

export type App = ReturnType<typeof createApp>;
