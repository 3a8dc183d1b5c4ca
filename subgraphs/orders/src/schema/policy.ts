import {
  admin,
  anyOf,
  customer,
  decided,
  each,
  isAdmin,
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
import type { ReturnView } from '../application/returns/return-reads.ts';
import { mayKeepRules, mayTouch } from '../domain/checkout/may-keep.ts';
import { claim } from '../domain/claim.ts';
import { isGuest } from '../domain/guest.ts';
import { hasBought, mayCallOff, mayCancel, maySend } from '../domain/may-change.ts';
import { partFor } from '../domain/may-read.ts';
import { holderOf } from './cart-holder.ts';
import { onlookerOf } from './context.ts';
import { orderHolderOf } from './order-holder.ts';
import type { ShownBy } from './show.ts';

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

/** Without a guest's token an order is looked for by who is signed in. */
const holdsOrder = decided(
  orderHolderOf,
  seats.filter((seat) => seat !== 'anonymous'),
  'REFUSED',
  'no `orderToken` is sent',
);

/** Guests move their orders, too. */
const holder = [only(shopper), holdsOrder];

type Shown = OrderView & Partial<ShownBy>;

/** The part of the order in hand is the one that the viewer may see: all of it, or what they sell in it. */
const hasPart = those(
  'buyer, its sellers once it is paid, SUPPORT or ADMIN',
  readers,
  (viewer, order: Shown) => {
    // Read by the right of the guest whose token was sent.
    if (order.byToken) return order.part === 'WHOLE' && isGuest(order.buyerId);
    const onlooker = onlookerOf(viewer);
    return (
      order.part ===
      partFor(onlooker, { ...order, sellsIn: order.part === onlooker.id, wasConfirmed: true })
    );
  },
);

/** A return is seen by whoever sees its shipment. */
const takesPart = those(
  'its buyer, its seller, SUPPORT or ADMIN',
  readers,
  (viewer, view: ReturnView & Partial<ShownBy>) => {
    if (view.byToken) return isGuest(view.buyerId);
    const onlooker = onlookerOf(viewer);
    return (
      partFor(onlooker, { ...view, sellsIn: view.sellerId === onlooker.id, wasConfirmed: true }) !== null
    );
  },
);

const mayWrite = those(
  'the guest by its token, or ADMIN',
  ['admin'],
  (viewer, { byToken }: Shown) => byToken === true || isAdmin(viewer),
);

/** Accounts and shops have one id. */
const itsSeller = those('the seller', ['seller'], ({ id }, shop: { id: string }) => id === shop.id);

const ruleMakers = [
  only(customer),
  decided(mayKeepRules, ['seller', 'rival'], 'refusal NOT_A_SELLER'),
  own,
];
const ownersOfRules = [only(customer), decided(mayTouch, ['seller', 'admin'], 'refusal NOT_FOUND')];

/** Who may see and call what of orders. */
export const policy: Policy = {
  Query: {
    cart: [holdsCart, own],
    checkoutQuote: [holdsCart, own],
    ...each([only(signedIn), own], 'myShippingRates', 'myPromotions'),
    ...each(only(admin), 'platformShippingRates', 'platformPromotions', 'taxRules'),
    ...each(holdsOrder, 'order', 'orderByNumber', 'return'),
    orders: only(anyOf(support, admin)),
    purchases: only(admin),
  },
  Mutation: {
    ...each([only(shopper), own], 'addToCart', 'addLinesToCart'),
    updateCartLine: [only(shopper), holdsCart, own],
    placeOrder: [only(shopper), holdsCart, own],
    mergeCart: [only(customer), own],
    eraseGuestOrder: only(shopper),
    claimOrder: [only(customer), decided(claim, [], 'refusal NOT_FOUND', 'the token opens no order')],
    ...each(ruleMakers, 'setShippingRate', 'removeShippingRate', 'createPromotion'),
    endPromotion: ownersOfRules,
    setTaxCategory: ownersOfRules,
    setTaxRule: only(admin),
    requestOrderExport: [only(customer), own],
    requestAllOrdersExport: only(admin),
    cancelOrder: [...holder, decided(mayCancel, ['owner', 'admin'], 'refusal NOT_FOUND')],
    shipShipment: [only(customer), decided(maySend, ['seller', 'admin'], 'refusal NOT_FOUND')],
    cancelShipment: [only(customer), decided(maySend, ['seller', 'admin'], 'refusal NOT_FOUND')],
    cancelLine: [...holder, decided(mayCallOff, ['owner', 'seller', 'admin'], 'refusal NOT_FOUND')],
    ...each(
      [...holder, decided(hasBought, ['owner'], 'refusal NOT_FOUND')],
      ...['requestReturn', 'cancelReturn'],
    ),
    ...each(
      [only(customer), decided(maySend, ['seller', 'admin'], 'refusal NOT_FOUND')],
      ...['approveReturn', 'rejectReturn', 'receiveReturn'],
    ),
    confirmDelivery: [...holder, decided(hasBought, ['owner'], 'refusal NOT_FOUND')],
  },
  Subscription: {
    orderStatusChanged: [holdsOrder, decided(partFor, readers, 'NOT_FOUND')],
    orderReceived: [only(signedIn), own],
  },
  User: {
    id: open,
    orders: only(anyOf(self, support, admin), 'NULL'),
    cart: [only(self, 'NULL'), own],
  },
  Order: {
    '*': only(hasPart, 'NULL'),
    ...each(open, 'id', 'number', 'status', 'failureReason', 'total', 'amounts', 'couponCode', 'placedAt'),
    ...each(open, 'lines', 'shipments', 'timeline', 'buyer', 'shippingAddress', 'orderToken', 'returns'),
    guestEmail: only(mayWrite, 'NULL'),
  },
  ...pagesOf('Order', 'Purchase', 'Return'),
  OrderLine: each(
    open,
    ...['title', 'quantity', 'backordered', 'cancelled', 'shipped', 'returned', 'unitPrice', 'total'],
    ...['amounts', 'reasons', 'variant'],
  ),
  Shipment: each(
    open,
    ...['id', 'status', 'carrier', 'trackingNumber', 'seller', 'lines'],
    ...['shippingMethod', 'amounts', 'reasons', 'parcels', 'givenBack', 'disputed'],
    ...['returns', 'returnableUntil'],
  ),
  Parcel: each(open, 'carrier', 'trackingNumber', 'lines', 'shippedAt', 'deliveredAt'),
  ParcelLine: each(open, 'quantity', 'variant'),
  Return: {
    '*': only(takesPart, 'NULL'),
    ...each(open, 'id', 'shipmentId', 'status', 'reason', 'comment', 'lines', 'refund', 'sellerComment'),
    ...each(open, 'requestedAt', 'changedAt', 'order', 'seller'),
  },
  ReturnLine: each(open, 'quantity', 'restocked', 'writtenOff', 'variant'),
  Amounts: each(open, 'goods', 'discount', 'shipping', 'tax', 'includedTax', 'total'),
  AmountReason: each(open, 'code', 'ruleId', 'version', 'name', 'rate', 'base', 'amount'),
  CheckoutQuote: each(open, 'lines', 'shipments', 'amounts', 'couponCode'),
  CheckoutQuoteLine: each(open, 'variant', 'title', 'quantity', 'unitPrice', 'amounts', 'reasons'),
  CheckoutQuoteShipment: each(open, 'seller', 'method', 'options', 'amounts', 'reasons'),
  ShippingOption: each(open, 'method', 'price', 'minDays', 'maxDays'),
  OrderTimelineEntry: {
    ...each(open, 'sequence', 'type', 'at', 'actor', 'step', 'attempt', 'shipmentId', 'returnId', 'detail'),
    ...each(open, 'causationId', 'correlationId', 'user', 'reason', 'amount'),
  },
  Purchase: {
    ...each(open, 'orderId', 'number', 'status', 'step', 'ageSeconds', 'attempts'),
    ...each(open, 'deadline', 'parkedAt', 'parkedReason'),
  },
  ReceivedOrder: each(open, 'sequence', 'confirmedAt', 'order'),
  OrderExport: each(open, 'url', 'expiresAt'),
  OrderStatusChange: each(open, 'sequence', 'status', 'at', 'order'),
  ShippingAddress: each(open, 'name', 'line1', 'line2', 'city', 'postalCode', 'country', 'region'),
  Cart: each(open, 'id', 'version', 'lines', 'total', 'warnings', 'cartToken'),
  CartLine: each(open, 'title', 'quantity', 'unitPrice', 'priceWhenAdded', 'total', 'available', 'variant'),
  CartWarning: each(open, 'code', 'message', 'line', 'was', 'now', 'available', 'variant'),
  ProductVariant: { id: open },
  Seller: { id: open, ...each(only(anyOf(itsSeller, admin), 'NULL'), 'orders', 'returns') },
  ShippingRate: each(
    open,
    ...['id', 'version', 'country', 'method', 'flat', 'perItem', 'freeFrom', 'minDays', 'maxDays'],
  ),
  TaxRule: each(
    open,
    ...['id', 'version', 'name', 'country', 'region', 'category', 'rate', 'inclusive', 'validFrom'],
  ),
  VariantTaxCategory: each(open, 'variantId', 'category'),
  Promotion: each(
    open,
    ...['id', 'name', 'couponCode', 'kind', 'percent', 'amount', 'buy', 'get', 'minimum'],
    ...['validFrom', 'validUntil', 'limitTotal', 'limitPerUser', 'redeemed'],
  ),
  ...pagesOf('ShippingRate', 'TaxRule', 'Promotion'),
  CartRefusal: each(open, 'message', 'code', 'field'),
  ...refusals('CancelOrderRefusal', 'ClaimOrderRefusal'),
  ...Object.fromEntries(
    [
      ...['ShipmentRefusal', 'CancelShipmentRefusal', 'CancelLineRefusal'],
      ...['RequestReturnRefusal', 'ReturnRefusal'],
    ].map((name) => [name, each(open, 'message', 'code', 'field')]),
  ),
  ...refusals('ShippingRateRefusal', 'TaxCategoryRefusal', 'PromotionRefusal'),
  CheckoutQuoteRefusal: each(open, 'message', 'code', 'sellerIds', 'variantIds'),
  PlaceOrderRefusal: each(open, 'message', 'code', 'presentTotal', 'sellerIds', 'variantIds'),
};
