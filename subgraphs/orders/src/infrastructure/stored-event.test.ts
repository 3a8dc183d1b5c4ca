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
