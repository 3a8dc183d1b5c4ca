/** An order of two sellers, for tests. */
import { asId, asInstant } from '@emporium/domain';
import type { CatalogVariant } from './catalogue.ts';
import { type CartCheckout, checkOut } from './checkout/check-out.ts';
import { type Amounts, nothingIn } from './checkout/quote.ts';
import type { CheckoutRules } from './checkout/rules.ts';
import type { Actor, Place } from './order-command.ts';
import type { CalledOffPart, OrderEvent, Placed } from './order-event.ts';
import type { ArrivedUnits } from './return.ts';
import type { Units } from './shipment.ts';

export const at = asInstant('2026-01-02T03:04:05.678Z');
export const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });

export const buyer: Actor = { id: asId('buyer'), isAdmin: false };
export const potter: Actor = { id: asId('potter'), isAdmin: false };
export const grocer: Actor = { id: asId('grocer'), isAdmin: false };
export const admin: Actor = { id: asId('admin'), isAdmin: true };
export const stranger: Actor = { id: asId('stranger'), isAdmin: false };

export const pots = asId<'Shipment'>('pots');
export const food = asId<'Shipment'>('food');
export const paymentId = asId<'Payment'>('payment');

const variant = (id: string, seller: Actor, minor: bigint): CatalogVariant => ({
  id: asId(id),
  sellerId: seller.id,
  title: `A ${id}`,
  price: gbp(minor),
  active: true,
});

export const mug = variant('mug', potter, 850n);
export const tea = variant('tea', grocer, 335n);
export const jug = variant('jug', potter, 2000n);

export const catalogueOf = (...variants: readonly CatalogVariant[]) =>
  new Map(variants.map((each) => [each.id, each]));

/** Nobody set anything: sending is free, and nothing is taxed or taken off. */
const plainRules: CheckoutRules = {
  shipping: {
    own: new Map(),
    platform: [
      {
        id: asId('free'),
        version: 1,
        method: 'STANDARD',
        currency: null,
        flatMinor: 0n,
        perItemMinor: 0n,
        freeFromMinor: null,
        minDays: 2,
        maxDays: 10,
      },
    ],
  },
  taxes: [],
  automatic: [],
  coupon: null,
};

/** Two mugs, three teas and a jug, to Britain. */
export const cartCheckout: CartCheckout = {
  buyerId: buyer.id,
  cart: [
    { variantId: mug.id, quantity: 2 },
    { variantId: tea.id, quantity: 3 },
    { variantId: jug.id, quantity: 1 },
  ],
  catalogue: catalogueOf(mug, tea, jug),
  destination: { country: 'GB', region: null },
  methods: new Map(),
  rules: plainRules,
  taxCategories: new Map(),
  expectedTotal: null,
};

const quoteOf = (checkout: CartCheckout) => {
  const checkedOut = checkOut(checkout);
  if (!checkedOut.ok) throw new Error(checkedOut.refusal.code);
  return checkedOut.quote;
};

export const place: Place = {
  type: 'Place',
  at,
  buyerId: buyer.id,
  quote: quoteOf(cartCheckout),
  shipmentIds: new Map([
    [potter.id, pots],
    [grocer.id, food],
  ]),
  method: 'CARD',
};

export const total = gbp(4705n);

const goodsAlone = (minor: bigint): Amounts => ({
  ...nothingIn('GBP'),
  goods: gbp(minor),
  total: gbp(minor),
});

const line = (shipmentId: typeof pots, { id, title, price }: CatalogVariant, quantity: number) => ({
  shipmentId,
  variantId: id,
  title,
  quantity,
  unitPrice: price,
  discount: gbp(0n),
  tax: gbp(0n),
  includedTax: gbp(0n),
  reasons: [],
});

const shipment = (id: typeof pots, { id: sellerId }: Actor, minor: bigint) => ({
  id,
  sellerId,
  amount: gbp(minor),
  shippingMethod: 'STANDARD' as const,
  amounts: goodsAlone(minor),
  reasons: [
    {
      code: 'SHIPPING' as const,
      ruleId: 'free',
      version: 1,
      name: 'STANDARD',
      ratePpm: null,
      base: gbp(minor),
      amount: gbp(0n),
    },
  ],
});

export const placed: Placed = {
  type: 'Placed',
  at,
  buyerId: buyer.id,
  lines: [line(pots, mug, 2), line(food, tea, 3), line(pots, jug, 1)],
  shipments: [shipment(pots, potter, 3700n), shipment(food, grocer, 1005n)],
  total,
  amounts: goodsAlone(4705n),
  coupon: null,
  method: 'CARD',
};

export const reserved: OrderEvent = { type: 'StockReserved', at, backordered: [] };
export const confirmed: OrderEvent = { type: 'Confirmed', at, paymentId };
export const cancelledBy = ({ id: by }: Actor, ...parts: readonly CalledOffPart[]): OrderEvent => ({
  type: 'Cancelled',
  at,
  by,
  parts,
});
/** What was to be sent of the whole order, of which this much goes back. */
export const allOff = (potsMinor: bigint, foodMinor: bigint): readonly CalledOffPart[] => [
  {
    shipmentId: pots,
    lines: [
      { variantId: mug.id, quantity: 2 },
      { variantId: jug.id, quantity: 1 },
    ],
    amount: gbp(potsMinor),
  },
  { shipmentId: food, lines: [{ variantId: tea.id, quantity: 3 }], amount: gbp(foodMinor) },
];
export const cancelled: OrderEvent = cancelledBy(buyer, ...allOff(3700n, 1005n));
export const cancelledUnpaid: OrderEvent = cancelledBy(buyer, ...allOff(0n, 0n));
export const failed = (reason: Extract<OrderEvent, { type: 'Failed' }>['reason']): OrderEvent => ({
  type: 'Failed',
  at,
  reason,
});
export const shipped = (shipmentId: typeof pots): OrderEvent => ({
  type: 'ShipmentShipped',
  at,
  shipmentId,
  carrier: 'Royal Mail',
  trackingNumber: 'RM-1234',
  by: shipmentId === pots ? potter.id : grocer.id,
});
export const parcelShipped = (lines: readonly Units[]): OrderEvent => ({
  ...{ type: 'ParcelShipped', at, shipmentId: pots, carrier: 'Royal Mail', trackingNumber: 'RM-0001' },
  ...{ lines, by: potter.id },
});
export const linesCancelled = (
  shipmentId: typeof pots,
  lines: readonly Units[],
  minor: bigint,
  by: Actor,
): OrderEvent => ({
  ...{ type: 'LinesCancelled', at, cancellationId: asId('cancellation'), shipmentId, lines },
  ...{ amount: gbp(minor), by: by.id },
});
export const delivered = (shipmentId: typeof pots): OrderEvent => ({
  type: 'ShipmentDelivered',
  at,
  shipmentId,
});
export const released = (shipmentId: typeof pots, ahead = false): OrderEvent => ({
  type: 'ShipmentReleased',
  at,
  shipmentId,
  ahead,
});

export const returnId = asId<'Return'>('return');
const ofReturn = { at, returnId, shipmentId: pots };

export const returnRequested = (lines: readonly Units[]): OrderEvent => ({
  ...{ type: 'ReturnRequested', ...ofReturn, lines, reason: 'DAMAGED', by: buyer.id },
});
export const returnApproved: OrderEvent = { type: 'ReturnApproved', ...ofReturn, by: potter.id };
export const returnRejected: OrderEvent = { type: 'ReturnRejected', ...ofReturn, by: potter.id };
export const returnWithdrawn: OrderEvent = { type: 'ReturnWithdrawn', ...ofReturn, by: buyer.id };
export const returnReceived = (lines: readonly ArrivedUnits[], minor: bigint): OrderEvent => ({
  ...{ type: 'ReturnReceived', ...ofReturn, lines, refund: gbp(minor), by: potter.id },
});
export const returnRefunded = (minor: bigint): OrderEvent => ({
  ...{ type: 'ReturnRefunded', ...ofReturn, amount: gbp(minor) },
});
