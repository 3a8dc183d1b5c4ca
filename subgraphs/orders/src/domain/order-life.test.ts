import { asId, zero } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve, isTerminal, type Order, type OrderStatus, statusOf } from './order.ts';
import type { OrderCommand } from './order-command.ts';
import type { OrderEvent } from './order-event.ts';
import {
  admin,
  at,
  buyer,
  cancelled,
  confirmed,
  delivered,
  food,
  grocer,
  mug,
  paymentId,
  placed,
  pots,
  potter,
  released,
  reserved,
  shipped,
  total,
} from './sample-order.ts';

const legal: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ['RESERVED', 'FAILED', 'CANCELLED'],
  RESERVED: ['CONFIRMED', 'FAILED', 'CANCELLED'],
  // Further than a step when what was behind is called off.
  CONFIRMED: ['SHIPPED', 'DELIVERED', 'COMPLETED', 'CANCELLED'],
  SHIPPED: ['DELIVERED', 'COMPLETED'],
  DELIVERED: ['COMPLETED'],
  COMPLETED: [],
  FAILED: [],
  CANCELLED: [],
};

const parcel = { carrier: 'Royal Mail', trackingNumber: 'RM-1234', lines: null };
const cancellationId = asId<'Cancellation'>('cancellation');
const disputeId = asId<'Dispute'>('dispute');
const commands: readonly OrderCommand[] = [
  { type: 'NoteReservation', at, backordered: [{ variantId: mug.id, quantity: 2 }] },
  { type: 'NoteBackorderFilled', at, waiting: [{ variantId: mug.id, quantity: 1 }] },
  { type: 'NoteBackorderFilled', at, waiting: [{ variantId: mug.id, quantity: 0 }] },
  { type: 'NoteRejection', at },
  { type: 'NotePayment', at, paymentId, amount: total },
  { type: 'NoteDecline', at },
  { type: 'TimeOut', at, step: 'RESERVE', retries: 0, lastResort: 'FAIL' },
  { type: 'TimeOut', at, step: 'PAY', retries: 0, lastResort: 'FAIL' },
  { type: 'Cancel', at, by: buyer },
  { type: 'Ship', at, by: potter, shipmentId: pots, ...parcel },
  { type: 'Ship', at, by: grocer, shipmentId: food, ...parcel },
  {
    ...{ type: 'Ship', at, by: potter, shipmentId: pots, ...parcel },
    lines: [{ variantId: mug.id, quantity: 1 }],
  },
  { type: 'CancelLine', at, by: buyer, variantId: mug.id, quantity: 2, cancellationId },
  { type: 'CancelShipment', at, by: grocer, shipmentId: food, cancellationId },
  { type: 'CancelShipment', at, by: potter, shipmentId: pots, cancellationId },
  { type: 'ConfirmDelivery', at, by: buyer, shipmentId: pots },
  { type: 'ConfirmDelivery', at, by: buyer, shipmentId: food },
  { type: 'NoteRelease', at, shipmentId: pots, isDecided: false },
  { type: 'NoteRelease', at, shipmentId: food, isDecided: false },
  { type: 'NoteRefund', at, paymentId, amount: total, refundId: null },
  { type: 'NoteRelease', at, shipmentId: pots, isDecided: true },
  { type: 'NoteDisputeOpened', at, disputeId, shipmentId: pots, reason: 'OTHER' },
  {
    ...{ type: 'NoteDisputeDecided', at, disputeId, shipmentId: pots, outcome: 'BUYER' },
    ...{ refunded: total, released: zero('GBP'), decidedBy: admin.id, cancellationId },
  },
];

const keyOf = (order: Order): string =>
  JSON.stringify(order, (_, value) => (typeof value === 'bigint' ? value.toString() : value));

const follow = (order: Order, events: readonly OrderEvent[]): Order => events.reduce(evolve, order);
const statusOrThrow = (order: Order): OrderStatus => {
  if (order.phase === 'ABSENT') throw new Error('no order');
  return statusOf(order);
};

/** Whatever order commands come in: every pair of states, one command apart, that an order can reach. */
const everyMove = (): { from: Order; command: OrderCommand; to: Order }[] => {
  const start = evolve({ phase: 'ABSENT' }, placed);
  const seen = new Set([keyOf(start)]);
  const moves = [];
  const open = [start];
  for (let from = open.pop(); from; from = open.pop()) {
    for (const command of commands) {
      const decision = decide(command, from);
      const to = decision.ok ? follow(from, decision.events) : from;
      moves.push({ from, command, to });
      if (seen.has(keyOf(to))) continue;
      seen.add(keyOf(to));
      open.push(to);
    }
  }
  return moves;
};

describe('an order, whatever happens in whatever order', () => {
  const moves = everyMove();

  it('follows legal edges only', () => {
    const edges = moves
      .map(({ from, to }) => [statusOrThrow(from), statusOrThrow(to)] as const)
      .filter(([from, to]) => from !== to);
    expect(edges.filter(([from, to]) => !legal[from].includes(to))).toEqual([]);
    const seen = new Set(edges.map((edge) => edge.join(' → ')));
    const expected = Object.entries(legal).flatMap(([from, tos]) => tos.map((to) => `${from} → ${to}`));
    expect([...seen].sort()).toEqual(expected.sort());
  });

  it('never leaves its end', () => {
    const left = moves.filter(
      ({ from, to }) => isTerminal(statusOrThrow(from)) && statusOrThrow(to) !== statusOrThrow(from),
    );
    expect(left).toEqual([]);
  });

  it('does nothing the second time', () => {
    const again = moves
      .filter(({ command }) => command.type !== 'NoteRefund')
      .map(({ command, to }) => ({ command, decision: decide(command, to) }));
    expect(again.filter(({ decision }) => decision.ok && decision.events.length > 0)).toEqual([]);
  });
});

describe('the status of an order of two shipments', () => {
  const statusAfter = (...events: readonly OrderEvent[]) =>
    statusOrThrow(follow({ phase: 'ABSENT' }, [placed, reserved, confirmed, ...events]));

  it('waits for the one that is behind', () => {
    expect(statusAfter(shipped(pots))).toBe('CONFIRMED');
    expect(statusAfter(shipped(pots), delivered(pots), released(pots))).toBe('CONFIRMED');
    expect(statusAfter(shipped(pots), shipped(food))).toBe('SHIPPED');
    expect(statusAfter(shipped(pots), shipped(food), delivered(pots))).toBe('SHIPPED');
    expect(statusAfter(shipped(pots), shipped(food), delivered(pots), delivered(food))).toBe('DELIVERED');
    expect(statusAfter(shipped(pots), shipped(food), delivered(pots), released(food))).toBe('DELIVERED');
    expect(statusAfter(shipped(pots), shipped(food), released(pots), released(food))).toBe('COMPLETED');
  });
  it('is its own when it was cancelled', () => expect(statusAfter(cancelled)).toBe('CANCELLED'));
});
