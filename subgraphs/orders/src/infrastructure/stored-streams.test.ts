/** Histories as they were stored, version by version: what was read from them once is read from them for ever. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evolve, initial, type Order, statusOf } from '../domain/order.ts';
import { lastParcelOf } from '../domain/shipment.ts';
import { readStoredEvent, storedTypes } from './stored-event.ts';
import { newestVersion, upcast, upcasters } from './upcasters/upcast.ts';

type StoredStream = {
  readonly about: string;
  readonly events: readonly {
    readonly type: string;
    readonly schemaVersion: number;
    readonly at: string;
    readonly status: string;
    readonly payload: unknown;
  }[];
  /** What it came to; a later version may know more, never something else. */
  readonly order: object;
};

const folder = new URL('./stored-streams/', import.meta.url);
const streams = readdirSync(folder).map((file) => {
  const stream = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as StoredStream;
  return { file, ...stream };
});

const plain = (order: Order): unknown =>
  JSON.parse(
    JSON.stringify(withWhatFollows(order), (_, value) =>
      typeof value === 'bigint' ? value.toString() : value,
    ),
  );

/** What the state once held beside what it follows from, by the names that the histories here have for it. */
const withWhatFollows = (order: Order): object => {
  if (order.phase === 'ABSENT') return order;
  const shipments = order.shipments.map((shipment) => ({
    ...shipment,
    variantIds: shipment.lines.map(({ variantId }) => variantId),
    carrier: lastParcelOf(shipment)?.carrier ?? null,
    trackingNumber: lastParcelOf(shipment)?.trackingNumber ?? null,
    released: shipment.payout !== 'NONE' || shipment.nothingLeft,
  }));
  return { ...order, back: order.refundedMinor, shipments };
};

describe('a history that was stored', () => {
  it.each(streams)('comes to what it came to then: $file', ({ events, order }) => {
    let now = initial;
    for (const { status, at, ...row } of events) {
      now = evolve(now, readStoredEvent({ ...row, at: new Date(at) }));
      expect(now.phase !== 'ABSENT' && statusOf(now)).toBe(status);
    }
    expect(plain(now)).toMatchObject(order);
  });

  const written = new Set(
    streams.flatMap(({ events }) => events.map(({ type, schemaVersion }) => `${type} ${schemaVersion}`)),
  );
  const everyVersion = storedTypes.flatMap((type) =>
    Array.from({ length: newestVersion(type) }, (_, index) => `${type} ${index + 1}`),
  );
  it.each(everyVersion)('is kept here for %s', (version) => expect(written).toContain(version));
});

describe('upcasters', () => {
  it('are one for each step from the first version', () => {
    for (const type of storedTypes) {
      const steps = upcasters.filter((each) => each.type === type).map(({ from }) => from);
      expect(steps.sort((one, other) => one - other)).toEqual(steps.map((_, index) => index + 1));
    }
  });

  it('know nothing of what newer code wrote', () => {
    const version = newestVersion('Confirmed') + 1;
    expect(() => upcast({ type: 'Confirmed', version, payload: {} })).toThrow(/newer/);
  });
});
