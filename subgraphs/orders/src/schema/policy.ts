import {
  admin,
  anyOf,
  customer,
  decided,
  each,
  isSupport,
  only,
  open,
  own,
  type Policy,
  pagesOf,
  refusals,
  type Seat,
  seats,
  self,
  signedIn,
  support,
  those,
} from '@emporium/subgraph';
import type { OrderView } from '../application/reads.ts';
import { mayCancel, mayReceive, mayShip } from '../domain/may-change.ts';
import { partFor } from '../domain/may-read.ts';
import { holderOf } from './cart-holder.ts';
import { onlookerOf } from './context.ts';

const readers: readonly Seat[] = ['owner', 'seller', 'support', 'admin'];

/** Guests fill carts, too. */
const shopper = those(
  'everybody but SUPPORT',
  seats.filter((seat) => seat !== 'support'),
  (viewer) => !isSupport(viewer),
);

/** Without a guest's token a cart is one's own. */
const holdsCart = decided(
  holderOf,
  seats.filter((seat) => seat !== 'anonymous'),
  'REFUSED',
  'no `cartToken` is sent',
);

/** The part of the order in hand is the one that the viewer may see: all of it, or what they sell in it. */
const hasPart = those('buyer, its sellers, SUPPORT or ADMIN', readers, (viewer, order: OrderView) => {
  const onlooker = onlookerOf(viewer);
  return order.part === partFor(onlooker, { ...order, sellsIn: order.part === onlooker.id });
});

/** Who may see and call what of orders. */
export const policy: Policy = {
  Query: {
    cart: [holdsCart, own],
    order: only(signedIn),
    purchases: only(admin),
  },
  Mutation: {
    ...each([only(shopper), own], 'addToCart', 'addLinesToCart'),
    updateCartLine: [only(shopper), holdsCart, own],
    ...each([only(customer), own], 'mergeCart', 'placeOrder'),
    cancelOrder: [only(customer), decided(mayCancel, ['owner', 'admin'], 'refusal NOT_FOUND')],
    shipShipment: [only(customer), decided(mayShip, ['seller', 'admin'], 'refusal NOT_FOUND')],
    confirmDelivery: [only(customer), decided(mayReceive, ['owner'], 'refusal NOT_FOUND')],
  },
  Subscription: {
    orderStatusChanged: [only(signedIn), decided(partFor, readers, 'NOT_FOUND')],
  },
  User: {
    id: open,
    orders: only(anyOf(self, support, admin), 'NULL'),
    cart: [only(self, 'NULL'), own],
  },
  Order: {
    '*': only(hasPart, 'NULL'),
    ...each(open, 'id', 'number', 'status', 'failureReason', 'total', 'placedAt'),
    ...each(open, 'lines', 'shipments', 'timeline', 'buyer', 'shippingAddress'),
  },
  ...pagesOf('Order', 'Purchase'),
  OrderLine: each(open, 'title', 'quantity', 'backordered', 'unitPrice', 'total', 'variant'),
  Shipment: each(open, 'id', 'status', 'carrier', 'trackingNumber', 'seller', 'lines'),
  OrderTimelineEntry: {
    ...each(open, 'sequence', 'type', 'at', 'actor', 'step', 'attempt', 'shipmentId', 'detail'),
    ...each(open, 'causationId', 'correlationId', 'user', 'reason', 'amount'),
  },
  Purchase: {
    ...each(open, 'orderId', 'number', 'status', 'step', 'ageSeconds', 'attempts'),
    ...each(open, 'deadline', 'parkedAt', 'parkedReason'),
  },
  OrderStatusChange: each(open, 'sequence', 'status', 'at', 'order'),
  ShippingAddress: each(open, 'name', 'line1', 'line2', 'city', 'postalCode', 'country'),
  Cart: each(open, 'id', 'version', 'lines', 'total', 'warnings', 'cartToken'),
  CartLine: each(open, 'title', 'quantity', 'unitPrice', 'priceWhenAdded', 'total', 'available', 'variant'),
  CartWarning: each(open, 'code', 'message', 'line', 'was', 'now', 'available', 'variant'),
  ProductVariant: { id: open },
  Seller: { id: open },
  CartRefusal: each(open, 'message', 'code', 'field'),
  ...refusals('PlaceOrderRefusal', 'CancelOrderRefusal', 'ShipmentRefusal'),
};
