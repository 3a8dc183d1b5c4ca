import { asId, asInstant, type Money } from '@emporium/domain';
import { specify } from '@emporium/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { paidFor } from './given-back.ts';
import { evolve, initial, type Order, statusOf } from './order.ts';
import type { OrderCommand } from './order-command.ts';
import type { DisputeOutcome, OrderEvent } from './order-event.ts';
import type { ArrivedUnits, Disposition } from './return.ts';
import {
  admin,
  at,
  buyer,
  cancelled,
  confirmed,
  delivered,
  food,
  gbp,
  grocer,
  jug,
  linesCancelled,
  mug,
  paymentId,
  placed,
  pots,
  potter,
  released,
  reserved,
  returnApproved,
  returnId,
  returnReceived,
  returnRefunded,
  returnRejected,
  returnRequested,
  returnWithdrawn,
  shipped,
  stranger,
  tea,
} from './sample-order.ts';
import { type Shipment, withReturned } from './shipment.ts';

const given = specify({ decide, evolve, initial });
const paid = [placed, reserved, confirmed] as const;
const arrived = [...paid, shipped(pots), delivered(pots)] as const;
const units = ({ id }: typeof mug, quantity: number) => ({ variantId: id, quantity });
const back = (of: typeof mug, quantity: number, disposition: Disposition = 'RESTOCK'): ArrivedUnits => ({
  ...{ ...units(of, quantity), disposition, locationId: null },
});

const asked = (lines = [units(mug, 1)], by = buyer, arrivedSince = at): OrderCommand => ({
  ...{ type: 'RequestReturn', at, by, returnId, shipmentId: pots, lines, reason: 'DAMAGED', arrivedSince },
});
const decided = (type: 'ApproveReturn' | 'RejectReturn' | 'WithdrawReturn', by = potter): OrderCommand => ({
  ...{ type, at, by, returnId },
});
const received = (
  lines: readonly ArrivedUnits[],
  refund: Money | null = null,
  isExplained = false,
  by = potter,
): OrderCommand => ({ type: 'ReceiveReturn', at, by, returnId, lines, refund, isExplained });

const requested = [...arrived, returnRequested([units(mug, 1)])] as const;
const approved = [...requested, returnApproved] as const;
const gone = [...approved, returnReceived([back(mug, 1)], 850n)] as const;

describe('asking to send something back', () => {
  it('is for the buyer, of what has arrived', () => {
    given(...arrived)
      .when(asked())
      .yields(returnRequested([units(mug, 1)]));
    for (const by of [potter, grocer, admin, stranger])
      given(...arrived)
        .when(asked([units(mug, 1)], by))
        .refuses('NOT_FOUND');
    given(...paid, shipped(pots))
      .when(asked())
      .refuses('NOT_DELIVERED');
    given(...paid, cancelled)
      .when(asked())
      .refuses('NOT_DELIVERED');
  });
  it('may follow a payment to the seller that nobody confirmed', () =>
    given(...paid, shipped(pots), released(pots))
      .when(asked())
      .yields(returnRequested([units(mug, 1)])));
  it('has its time, which begins with whatever came first', () => {
    const later = asInstant('2026-01-02T03:04:05.679Z');
    given(...arrived)
      .when(asked([units(mug, 1)], buyer, later))
      .refuses('TOO_LATE');
    given(...paid, shipped(pots), released(pots), { ...delivered(pots), at: later } as OrderEvent)
      .when(asked([units(mug, 1)], buyer, later))
      .refuses('TOO_LATE');
  });
  it('is bounded by what was sent, and by what was asked for already', () => {
    given(...arrived)
      .when(asked([units(mug, 3)]))
      .refuses('MORE_THAN_LEFT');
    given(...arrived)
      .when(asked([units(tea, 1)]))
      .refuses('NOT_IN_SHIPMENT');
    given(...requested)
      .when(asked([units(mug, 2)]))
      .refuses('MORE_THAN_LEFT');
    given(...gone)
      .when(asked([units(mug, 2)]))
      .refuses('MORE_THAN_LEFT');
    const one = [linesCancelled(pots, [units(mug, 1)], 850n, buyer), shipped(pots), delivered(pots)];
    given(...paid, ...one)
      .when(asked([units(mug, 2)]))
      .refuses('MORE_THAN_LEFT');
  });
  it.each([returnRejected, returnWithdrawn])('may be done again after $type', (ended) =>
    given(...requested, ended)
      .when(asked([units(mug, 2)]))
      .yields(returnRequested([units(mug, 2)])),
  );
  it('may be done again for what never arrived', () =>
    given(
      ...arrived,
      returnRequested([units(mug, 2)]),
      returnApproved,
      returnReceived([back(mug, 1)], 850n),
    )
      .when(asked([units(mug, 1)]))
      .yields(returnRequested([units(mug, 1)])));
  it('is not done for ever', () => {
    const often = Array.from({ length: 50 }, (_, index): OrderEvent[] => {
      const id = { returnId: asId<'Return'>(`return ${index}`) };
      return [
        { ...returnRequested([units(mug, 1)]), ...id } as OrderEvent,
        { ...returnWithdrawn, ...id } as OrderEvent,
      ];
    });
    given(...arrived, ...often.flat())
      .when(asked())
      .refuses('TOO_MANY_RETURNS');
  });
});

describe('a return', () => {
  it('is approved or rejected by its seller or an administrator', () => {
    given(...requested)
      .when(decided('ApproveReturn'))
      .yields(returnApproved);
    given(...requested)
      .when(decided('RejectReturn', admin))
      .yields({ ...returnRejected, by: admin.id } as OrderEvent);
    for (const by of [buyer, grocer, stranger]) {
      given(...requested)
        .when(decided('ApproveReturn', by))
        .refuses('NOT_FOUND');
      given(...requested)
        .when(decided('RejectReturn', by))
        .refuses('NOT_FOUND');
    }
    given(...arrived)
      .when(decided('ApproveReturn'))
      .refuses('NOT_FOUND');
  });
  it('is withdrawn by its buyer', () => {
    given(...approved)
      .when(decided('WithdrawReturn', buyer))
      .yields(returnWithdrawn);
    given(...approved)
      .when(decided('WithdrawReturn', potter))
      .refuses('NOT_FOUND');
  });
  it('hears each word once, and none when it is over', () => {
    given(...approved)
      .when(decided('ApproveReturn'))
      .yields();
    given(...requested, returnRejected)
      .when(decided('RejectReturn'))
      .yields();
    given(...requested, returnRejected)
      .when(decided('ApproveReturn'))
      .refuses('RETURN_ENDED');
    given(...requested, returnWithdrawn)
      .when(received([back(mug, 1)]))
      .refuses('RETURN_ENDED');
    for (const type of ['RejectReturn', 'ApproveReturn'] as const)
      given(...gone)
        .when(decided(type))
        .refuses('ALREADY_RECEIVED');
    given(...gone)
      .when(decided('WithdrawReturn', buyer))
      .refuses('ALREADY_RECEIVED');
  });
});

describe('what comes back', () => {
  it('gives its price back', () =>
    given(...approved)
      .when(received([back(mug, 1)]))
      .yields(returnReceived([back(mug, 1)], 850n)));
  it('is for its seller to receive, once it was approved', () => {
    for (const by of [buyer, grocer, stranger])
      given(...approved)
        .when(received([back(mug, 1)], null, false, by))
        .refuses('NOT_FOUND');
    given(...requested)
      .when(received([back(mug, 1)]))
      .refuses('NOT_APPROVED');
  });
  it('is what was asked for at most', () => {
    given(...approved)
      .when(received([back(jug, 1)]))
      .refuses('NOT_IN_RETURN');
    given(...approved)
      .when(received([back(mug, 1), back(mug, 1, 'WRITE_OFF')]))
      .refuses('MORE_THAN_ASKED');
  });
  it('may give back less with a word why, and never more', () => {
    given(...approved)
      .when(received([back(mug, 1)], gbp(849n)))
      .refuses('REASON_MISSING');
    given(...approved)
      .when(received([back(mug, 1)], gbp(849n), true))
      .yields(returnReceived([back(mug, 1)], 849n));
    given(...approved)
      .when(received([back(mug, 1)], gbp(851n), true))
      .refuses('MORE_THAN_PAID');
    given(...approved)
      .when(received([back(mug, 1)], { minor: 1n, currency: 'USD' }, true))
      .refuses('WRONG_CURRENCY');
  });
  it('waits for no refund of nothing', () =>
    given(...approved)
      .when(received([back(mug, 1, 'WRITE_OFF')], gbp(0n), true))
      .yields(returnReceived([back(mug, 1, 'WRITE_OFF')], 0n), returnRefunded(0n)));
  it('is received once, however often it is said', () => {
    given(...gone)
      .when(received([back(mug, 1)]))
      .yields();
    given(...gone)
      .when(received([back(mug, 1)], gbp(850n)))
      .yields();
    given(...gone)
      .when(received([back(mug, 1, 'WRITE_OFF')]))
      .refuses('ALREADY_RECEIVED');
    given(...gone)
      .when(received([back(mug, 1)], gbp(1n), true))
      .refuses('ALREADY_RECEIVED');
  });
});

describe('the refund of a return', () => {
  const noted = (refundId: string | null): OrderCommand => ({
    ...{ type: 'NoteRefund', at, paymentId, amount: gbp(850n) },
    refundId: refundId === null ? null : asId(refundId),
  });
  const refunded: OrderEvent = { type: 'Refunded', at, paymentId, amount: gbp(850n) };

  it('ends it', () =>
    given(...gone)
      .when(noted('return'))
      .yields(refunded, returnRefunded(850n)));
  it('is of no interest to another', () => {
    given(...gone)
      .when(noted('cancellation'))
      .yields(refunded);
    given(...gone)
      .when(noted(null))
      .yields(refunded);
    given(...gone, returnRefunded(850n))
      .when(noted('return'))
      .yields(refunded);
  });
});

describe('a return of what was disputed', () => {
  const ended = (outcome: DisputeOutcome, minor: bigint, rest: bigint): OrderEvent => ({
    ...{ type: 'DisputeDecided', at, disputeId: asId('dispute'), shipmentId: pots, outcome },
    ...{ refunded: gbp(minor), released: gbp(rest), by: admin.id },
  });
  const asking = approved.slice(arrived.length);

  it('gives back what the dispute left of it', () =>
    given(...arrived, ended('BUYER', 3300n, 400n), released(pots), ...asking)
      .when(received([back(mug, 1)]))
      .yields(returnReceived([back(mug, 1)], 400n)));
  it('comes to its end at once when that is nothing', () =>
    given(...arrived, ended('BUYER', 3700n, 0n), ...asking)
      .when(received([back(mug, 1)]))
      .yields(returnReceived([back(mug, 1)], 0n), returnRefunded(0n)));
  it('comes to its end, too, when payments heard of the dispute’s end first', () => {
    const nothing: OrderCommand = {
      type: 'NoteRefund',
      at,
      paymentId,
      amount: gbp(0n),
      refundId: asId('return'),
    };
    given(...gone, ended('BUYER', 3700n, 0n))
      .when(nothing)
      .yields(returnRefunded(0n));
    given(...gone, ended('BUYER', 3700n, 0n), returnRefunded(0n))
      .when(nothing)
      .yields();
  });
  it('says what did go back for it', () => {
    const order = [...gone, returnRefunded(400n)].reduce<Order>(evolve, initial);
    expect(order).toMatchObject({ returns: [{ status: 'REFUNDED', refund: gbp(400n) }] });
  });
  it('waits for what was paid out before it was sent to arrive', () => {
    const later = asInstant('2026-01-02T03:04:05.679Z');
    const sent = [...paid, ended('SELLER', 0n, 3700n), released(pots), shipped(pots)] as const;
    given(...sent)
      .when(asked())
      .refuses('NOT_DELIVERED');
    given(...sent, { ...delivered(pots), at: later } as OrderEvent)
      .when(asked([units(mug, 1)], buyer, later))
      .yields(returnRequested([units(mug, 1)]));
  });
});

describe('an order of which something is returned', () => {
  const follow = (...events: readonly OrderEvent[]): Order => events.reduce(evolve, initial);

  it('is as far as it was', () => {
    const all = [...paid, shipped(pots), shipped(food), delivered(pots), delivered(food)];
    const end = [released(pots), released(food)];
    for (const history of [all, [...all, ...end]]) {
      const [before, after] = [follow(...history), follow(...history, ...gone.slice(arrived.length))];
      if (before.phase === 'ABSENT' || after.phase === 'ABSENT') throw new Error('no order');
      expect(statusOf(after)).toBe(statusOf(before));
    }
  });
});

describe('what was paid for what comes back', () => {
  const plain = [placed].reduce<Order>(evolve, initial);
  const base = plain.phase === 'ABSENT' ? undefined : plain.shipments[0];

  it('sums to what was paid, in whatever parts, after whatever was called off', () =>
    fc.assert(
      fc.property(
        fc.record({
          quantity: fc.integer({ min: 1, max: 40 }),
          minor: fc.bigInt({ min: 0n, max: 100_000n }),
          cancelled: fc.nat(39),
        }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }),
        ({ quantity, minor, cancelled: wanted }, parts) => {
          if (!base) throw new Error('no shipment');
          const off = Math.min(wanted, quantity);
          const line = { ...units(mug, quantity), paid: gbp(minor), shipped: quantity - off };
          const whole: Shipment = {
            ...{ ...base, back: gbp(0n), amount: gbp(minor) },
            lines: [{ ...line, cancelled: 0, returned: 0 }],
          };
          const calledOff = paidFor(whole, [units(mug, off)]).minor;
          let shipment: Shipment = {
            ...{ ...whole, back: gbp(calledOff) },
            lines: [{ ...line, cancelled: off, returned: 0 }],
          };
          for (const part of [...parts, quantity]) {
            const gone = shipment.lines[0]?.returned ?? 0;
            const lines = [units(mug, Math.min(part, quantity - off - gone))];
            shipment = withReturned(shipment, lines, paidFor(shipment, lines));
            expect(shipment.back.minor).toBeLessThanOrEqual(minor);
          }
          expect(shipment.back.minor).toBe(minor);
        },
      ),
    ));
});
