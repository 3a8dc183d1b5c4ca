/** From a cart to an order: what the buyer gets, at today's prices, one shipment per seller. */
import {
  accept,
  add,
  type Decision,
  equals,
  type Id,
  type Money,
  multiply,
  refuse,
  sum,
  zero,
} from '@emporium/domain';
import { type CartLine, mostLines } from './cart.ts';
import type { Catalogue, CatalogVariant } from './catalogue.ts';
import type { Place } from './order-command.ts';
import type { OrderedLine, Placed, PlannedShipment } from './order-event.ts';

export type PlaceRefusal =
  | 'EMPTY_CART'
  | 'LINE_LIMIT'
  | 'UNAVAILABLE'
  | 'CURRENCY_MISMATCH'
  | 'TOTAL_LIMIT'
  | 'PRICE_CHANGED';

/** In minor units; beyond it an amount might not fit where money is kept. */
const highestTotal = 10n ** 12n;

type PricedLine = { readonly variant: CatalogVariant; readonly quantity: number };

const priced = (cart: readonly CartLine[], catalogue: Catalogue): readonly PricedLine[] =>
  cart.flatMap(({ variantId, quantity }) => {
    const variant = catalogue.get(variantId);
    return variant?.active ? [{ variant, quantity }] : [];
  });

/** The sellers who will each need a shipment, in the order of the cart. */
export const sellersOf = (cart: readonly CartLine[], catalogue: Catalogue): readonly Id<'User'>[] => [
  ...new Set(priced(cart, catalogue).map(({ variant }) => variant.sellerId)),
];

export const place = (command: Place): Decision<Placed, PlaceRefusal> => {
  const { at, buyerId, cart, catalogue, method, expectedTotal } = command;
  const lines = priced(cart, catalogue);
  const currency = lines[0]?.variant.price.currency;
  if (cart.length === 0) return refuse('EMPTY_CART');
  if (cart.length > mostLines) return refuse('LINE_LIMIT');
  if (lines.length < cart.length || currency === undefined) return refuse('UNAVAILABLE');
  if (lines.some(({ variant }) => variant.price.currency !== currency)) return refuse('CURRENCY_MISMATCH');
  const total = sum(lines.map(amountOf), currency);
  if (total.minor > highestTotal) return refuse('TOTAL_LIMIT');
  if (expectedTotal && !equals(expectedTotal, total)) return refuse('PRICE_CHANGED');
  return accept({
    type: 'Placed',
    at,
    buyerId,
    lines: lines.map((line) => orderedLine(line, command)),
    shipments: plannedShipments(lines, currency, command),
    total,
    method,
  });
};

const amountOf = ({ variant, quantity }: PricedLine): Money => multiply(variant.price, quantity);

const orderedLine = ({ variant, quantity }: PricedLine, command: Place): OrderedLine => ({
  shipmentId: shipmentIdOf(variant.sellerId, command),
  variantId: variant.id,
  title: variant.title,
  quantity,
  unitPrice: variant.price,
});

const plannedShipments = (
  lines: readonly PricedLine[],
  currency: string,
  command: Place,
): PlannedShipment[] => {
  const amounts = new Map<Id<'User'>, Money>();
  for (const line of lines) {
    const { sellerId } = line.variant;
    amounts.set(sellerId, add(amounts.get(sellerId) ?? zero(currency), amountOf(line)));
  }
  return [...amounts].map(([sellerId, amount]) => ({
    id: shipmentIdOf(sellerId, command),
    sellerId,
    amount,
  }));
};

const shipmentIdOf = (sellerId: Id<'User'>, { shipmentIds }: Place): Id<'Shipment'> => {
  const id = shipmentIds.get(sellerId);
  if (!id) throw new TypeError(`no shipment id for seller ${sellerId}`);
  return id;
};
