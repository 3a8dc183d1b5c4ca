import { asId, type Money, zero } from '@emporium/domain';
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
import { leftIn } from './shipment.ts';

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
const noteDecided = (outcome: 'BUYER' | 'SELLER', refunded: Money, toSeller: Money): OrderCommand => ({
  type: 'NoteDisputeDecided',
  at,
  disputeId,
  shipmentId: pots,
  outcome,
  refunded,
  released: toSeller,
  decidedBy: admin.id,
  cancellationId,
});
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
  noteDecided('BUYER', total, zero('GBP')),
  noteDecided('SELLER', zero('GBP'), total),
];

const keyOf = (order: Order): string =>
  JSON.stringify(order, (_, value) => (typeof value === 'bigint' ? value.toString() : value));

const follow = (order: Order, events: readonly OrderEvent[]): Order => events.reduce(evolve, order);
const statusOrThrow = (order: Order): OrderStatus => {
  if (order.phase === 'ABSENT') throw new Error('no order');
  return statusOf(order);
};

/** An order before a command and after it, and every status that its events led through. */
type Move = {
  readonly from: Order;
  readonly command: OrderCommand;
  readonly statuses: readonly OrderStatus[];
  readonly to: Order;
};

/** Whatever order commands come in: every pair of states, one command apart, that an order can reach. */
const everyMove = (): Move[] => {
  const start = evolve({ phase: 'ABSENT' }, placed);
  const seen = new Set([keyOf(start)]);
  const moves: Move[] = [];
  const open = [start];
  for (let from = open.pop(); from; from = open.pop()) {
    for (const command of commands) {
      const decision = decide(command, from);
      const steps = [from];
      for (const event of decision.ok ? decision.events : [])
        steps.push(evolve(steps.at(-1) ?? from, event));
      const to = steps.at(-1) ?? from;
      moves.push({ from, command, statuses: steps.map(statusOrThrow), to });
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
      .flatMap(({ statuses }) => statuses.slice(1).map((to, index) => [statuses[index] ?? to, to] as const))
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

  it('has sent what is not called off when it is complete', () => {
    const unsent = moves.filter(
      ({ to }) =>
        to.phase !== 'ABSENT' &&
        statusOf(to) === 'COMPLETED' &&
        to.shipments.some((shipment) => leftIn(shipment).length > 0),
    );
    expect(unsent).toEqual([]);
  });

  it('gives back all that was paid when it is cancelled, and counts every unit as called off', () => {
    const wrong = moves.filter(
      ({ to }) =>
        to.phase === 'CANCELLED' &&
        to.paymentId !== null &&
        to.shipments.some(
          ({ back, amount, lines }) =>
            back.minor !== amount.minor || lines.some(({ quantity, cancelled: off }) => off < quantity),
        ),
    );
    expect(wrong).toEqual([]);
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
