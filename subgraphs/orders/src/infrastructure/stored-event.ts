/** How an order's events are kept: JSON of the newest version of their type. Older ones are raised to it as they are read. */
import type { Id, Instant } from '@emporium/domain';
import { z } from 'zod';
import type { OrderEvent } from '../domain/order-event.ts';
import { amounts, money, reasons, shippingMethod } from './stored-amounts.ts';
import { upcast } from './upcasters/upcast.ts';

const id = <Kind extends string>() => z.custom<Id<Kind>>((value) => typeof value === 'string');

const kind = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({
    type: z.literal(type),
    at: z.custom<Instant>((value) => typeof value === 'string'),
    ...shape,
  });

const units = z.array(z.object({ variantId: id<'Variant'>(), quantity: z.int() }));

const calledOffPart = { shipmentId: id<'Shipment'>(), lines: units, amount: money };

const ofReturn = { returnId: id<'Return'>(), shipmentId: id<'Shipment'>() };

const step = z.enum(['RESERVE', 'PAY', 'REFUND']);

const storedEvent = z.discriminatedUnion('type', [
  kind('Placed', {
    buyerId: id<'User'>(),
    lines: z.array(
      z.object({
        shipmentId: id<'Shipment'>(),
        variantId: id<'Variant'>(),
        title: z.string(),
        quantity: z.int(),
        unitPrice: money,
        discount: money,
        tax: money,
        includedTax: money,
        reasons,
      }),
    ),
    shipments: z.array(
      z.object({
        id: id<'Shipment'>(),
        sellerId: id<'User'>(),
        amount: money,
        shippingMethod,
        amounts,
        reasons,
      }),
    ),
    total: money,
    amounts,
    coupon: z.object({ promotionId: id<'Promotion'>(), code: z.string() }).nullable(),
    method: z.enum(['CARD', 'WALLET']),
  }),
  kind('StockReserved', { backordered: units }),
  kind('BackorderFilled', { waiting: units }),
  kind('Confirmed', { paymentId: id<'Payment'>() }),
  kind('ParcelShipped', {
    shipmentId: id<'Shipment'>(),
    carrier: z.string(),
    trackingNumber: z.string(),
    lines: units,
    by: id<'User'>(),
  }),
  kind('LinesCancelled', { ...calledOffPart, cancellationId: id<'Cancellation'>(), by: id<'User'>() }),
  kind('ShipmentShipped', {
    shipmentId: id<'Shipment'>(),
    carrier: z.string(),
    trackingNumber: z.string(),
    by: z.nullable(id<'User'>()),
  }),
  kind('ShipmentDelivered', { shipmentId: id<'Shipment'>() }),
  kind('ShipmentReleased', { shipmentId: id<'Shipment'>(), ahead: z.boolean() }),
  kind('DisputeOpened', {
    disputeId: id<'Dispute'>(),
    shipmentId: id<'Shipment'>(),
    reason: z.enum(['NOT_RECEIVED', 'DAMAGED', 'NOT_AS_DESCRIBED', 'INCOMPLETE', 'OTHER']),
  }),
  kind('DisputeDecided', {
    disputeId: id<'Dispute'>(),
    shipmentId: id<'Shipment'>(),
    outcome: z.enum(['BUYER', 'SELLER', 'WITHDRAWN', 'LAPSED']),
    refunded: money,
    released: money,
    by: z.nullable(id<'User'>()),
  }),
  kind('Failed', {
    reason: z.enum(['OUT_OF_STOCK', 'PAYMENT_DECLINED', 'RESERVATION_TIMED_OUT', 'PAYMENT_TIMED_OUT']),
  }),
  kind('Cancelled', { by: id<'User'>(), parts: z.array(z.object(calledOffPart)) }),
  kind('Refunded', { paymentId: id<'Payment'>(), amount: money }),
  kind('ReturnRequested', {
    ...ofReturn,
    lines: units,
    reason: z.enum(['DAMAGED', 'WRONG_ITEM', 'NOT_AS_DESCRIBED', 'UNWANTED', 'OTHER']),
    by: id<'User'>(),
  }),
  kind('ReturnApproved', { ...ofReturn, by: id<'User'>() }),
  kind('ReturnRejected', { ...ofReturn, by: id<'User'>() }),
  kind('ReturnWithdrawn', { ...ofReturn, by: id<'User'>() }),
  kind('ReturnReceived', {
    ...ofReturn,
    lines: z.array(
      z.object({
        variantId: id<'Variant'>(),
        quantity: z.int(),
        disposition: z.enum(['RESTOCK', 'WRITE_OFF']),
        locationId: z.nullable(id<'Location'>()),
      }),
    ),
    refund: money,
    by: id<'User'>(),
  }),
  kind('ReturnRefunded', { ...ofReturn, amount: money }),
  kind('Claimed', { by: id<'User'>() }),
  kind('PaymentAwaitsBuyer', {}),
  kind('AskedAgain', { step, attempt: z.int() }),
  kind('PurchaseParked', { step }),
  kind('ReservationCameLate', {}),
  kind('RejectionCameLate', {}),
  kind('PaymentCameLate', {}),
  kind('DeclineCameLate', {}),
]);

/** What can stand in `order_events`. */
export const storedTypes = storedEvent.options.map(({ shape }) => shape.type.value);

/** A row of `order_events`, as far as the event itself goes. */
export type EventRow = {
  readonly type: string;
  readonly schemaVersion: number;
  readonly at: Date;
  readonly payload: unknown;
};

/** Any version that was ever written. Throws for a row that no version up to this code's has written. */
export const readStoredEvent = ({ type, schemaVersion, at, payload }: EventRow): OrderEvent =>
  storedEvent.parse({
    ...upcast({ type, version: schemaVersion, payload: payload as object }),
    type,
    at: at.toISOString(),
  });

/** The payload alone, as `newestVersion` of its type: type, version and time have columns of their own. */
export const writeStoredPayload = (event: OrderEvent): object => {
  const { type: _type, at: _at, ...payload } = storedEvent.encode(event as z.output<typeof storedEvent>);
  return payload;
};
