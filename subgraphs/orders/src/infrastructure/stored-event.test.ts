import { asInstant } from '@emporium/domain';
import { expect, it } from 'vitest';
import { placed, reserved } from '../domain/sample-order.ts';
import { readStoredEvent, writeStoredPayload } from './stored-event.ts';

const at = new Date(asInstant('2026-01-02T03:04:05.678Z'));

it('an event is read as it was written', () => {
  for (const event of [placed, reserved]) {
    const payload: unknown = JSON.parse(JSON.stringify(writeStoredPayload(event)));
    expect(readStoredEvent({ type: event.type, at, payload })).toEqual(event);
  }
});

it('a reservation from before anything could wait waits for nothing', () =>
  expect(readStoredEvent({ type: 'StockReserved', at, payload: {} })).toEqual(reserved));
