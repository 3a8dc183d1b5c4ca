import { asInstant } from '@emporium/domain';
import { expect, it } from 'vitest';
import { placed, reserved } from '../domain/sample-order.ts';
import { readStoredEvent, writeStoredPayload } from './stored-event.ts';
import { newestVersion } from './upcasters/upcast.ts';

const at = new Date(asInstant('2026-01-02T03:04:05.678Z'));

it('an event is read as it was written', () => {
  for (const event of [placed, reserved]) {
    const payload: unknown = JSON.parse(JSON.stringify(writeStoredPayload(event)));
    const schemaVersion = newestVersion(event.type);
    expect(readStoredEvent({ type: event.type, schemaVersion, at, payload })).toEqual(event);
  }
});

it('a reservation from before anything could wait waits for nothing', () =>
  expect(readStoredEvent({ type: 'StockReserved', schemaVersion: 1, at, payload: {} })).toEqual(reserved));

it('an order from before there were discounts, shipping and tax costs its goods', () => {
  const {
    amounts: _,
    coupon: __,
    ...before
  } = writeStoredPayload(placed) as Record<string, unknown> & {
    lines: object[];
    shipments: object[];
  };
  const only = (names: readonly string[]) => (of: object) =>
    Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)));
  const payload = {
    ...before,
    lines: before.lines.map(only(['shipmentId', 'variantId', 'title', 'quantity', 'unitPrice'])),
    shipments: before.shipments.map(only(['id', 'sellerId', 'amount'])),
  };
  expect(readStoredEvent({ type: 'Placed', schemaVersion: 1, at, payload })).toEqual({
    ...placed,
    shipments: placed.shipments.map((shipment) => ({ ...shipment, shippingMethod: null, reasons: [] })),
  });
});
