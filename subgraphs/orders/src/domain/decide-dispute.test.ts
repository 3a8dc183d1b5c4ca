import { asId } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve, initial, statusOf } from './order.ts';
import type { NoteDisputeDecided, OrderCommand } from './order-command.ts';
import type { OrderEvent } from './order-event.ts';
import {
  admin,
  at,
  buyer,
  cancelled,
  cancelledBy,
  confirmed,
  delivered,
  food,
  gbp,
  jug,
  linesCancelled,
  mug,
  parcelShipped,
  placed,
  pots,
  potter,
  released,
  reserved,
  shipped,
} from './sample-order.ts';

const given = specify({ decide, evolve, initial });
const paid = [placed, reserved, confirmed] as const;

const disputeId = asId<'Dispute'>('dispute');
const cancellationId = asId<'Cancellation'>('cancellation');
const noteOpened: OrderCommand = {
  ...{ type: 'NoteDisputeOpened', at, disputeId, shipmentId: pots, reason: 'DAMAGED' },
};
const opened: OrderEvent = { type: 'DisputeOpened', at, disputeId, shipmentId: pots, reason: 'DAMAGED' };
type End = Pick<NoteDisputeDecided, 'outcome'> & { back: bigint; paid: bigint };
const noteDecided = ({ outcome, back, paid: toSeller }: End): OrderCommand => ({
  ...{ type: 'NoteDisputeDecided', at, disputeId, shipmentId: pots, outcome, cancellationId },
  ...{ refunded: gbp(back), released: gbp(toSeller) },
  decidedBy: outcome === 'BUYER' || outcome === 'SELLER' ? admin.id : null,
});
const decided = ({ outcome, back, paid: toSeller }: End): OrderEvent => ({
  ...{ type: 'DisputeDecided', at, disputeId, shipmentId: pots, outcome },
  ...{ refunded: gbp(back), released: gbp(toSeller) },
  by: outcome === 'BUYER' || outcome === 'SELLER' ? admin.id : null,
});
const inFull: End = { outcome: 'BUYER', back: 3700n, paid: 0n };
const inPart: End = { outcome: 'BUYER', back: 700n, paid: 3000n };
const forSeller: End = { outcome: 'SELLER', back: 0n, paid: 3700n };
const noteRelease: OrderCommand = { type: 'NoteRelease', at, shipmentId: pots, isDecided: true };
const rest = [
  { variantId: mug.id, quantity: 2 },
  { variantId: jug.id, quantity: 1 },
];

describe('a dispute', () => {
  it('is noted, once', () => {
    given(...paid)
      .when(noteOpened)
      .yields(opened);
    given(...paid, opened)
      .when(noteOpened)
      .yields();
  });
  it('ends once', () => {
    given(...paid, shipped(pots), opened)
      .when(noteDecided(inPart))
      .yields(decided(inPart));
    given(...paid, shipped(pots), opened, decided(inPart))
      .when(noteDecided(inPart))
      .yields();
  });
  it('may be heard to end before it begins', () => {
    given(...paid, shipped(pots))
      .when(noteDecided(forSeller))
      .yields(decided(forSeller));
    given(...paid, shipped(pots), decided(forSeller))
      .when(noteOpened)
      .yields(opened);
  });
  it('is about a shipment of this order', () =>
    given(...paid)
      .when({ ...noteOpened, shipmentId: asId('gone') })
      .refuses('NOT_FOUND'));
  it('of an order that was called off enters its history', () =>
    given(...paid, cancelled)
      .when(noteDecided({ outcome: 'LAPSED', back: 0n, paid: 0n }))
      .yields(decided({ outcome: 'LAPSED', back: 0n, paid: 0n })));
});

describe('a dispute that is decided', () => {
  it('for the seller releases what was not sent', () => {
    given(...paid, opened, decided(forSeller))
      .when(noteRelease)
      .yields(released(pots, true));
    given(...paid)
      .when(noteRelease)
      .yields(released(pots, true));
    given(...paid, released(pots, true))
      .when(noteRelease)
      .yields();
  });
  it('for the seller of an order that was called off meanwhile changes nothing: the money comes back', () =>
    given(...paid, opened, cancelled)
      .when(noteRelease)
      .yields());
  it('for the buyer in full calls off what was not sent', () => {
    given(...paid, opened)
      .when(noteDecided(inFull))
      .yields(decided(inFull), linesCancelled(pots, rest, 0n, admin));
    given(...paid, linesCancelled(food, [{ variantId: asId('tea'), quantity: 3 }], 1005n, potter), opened)
      .when(noteDecided(inFull))
      .yields(decided(inFull), linesCancelled(pots, rest, 0n, admin), cancelledBy(admin));
  });
  it('for the buyer in full calls off the rest when some was sent', () =>
    given(...paid, parcelShipped([{ variantId: mug.id, quantity: 2 }]), opened)
      .when(noteDecided(inFull))
      .yields(decided(inFull), linesCancelled(pots, [{ variantId: jug.id, quantity: 1 }], 0n, admin), {
        ...{ type: 'ShipmentShipped', at, shipmentId: pots, by: admin.id },
        ...{ carrier: 'Royal Mail', trackingNumber: 'RM-0001' },
      }));
  it('for the buyer in part calls nothing off', () =>
    given(...paid, opened)
      .when(noteDecided(inPart))
      .yields(decided(inPart)));
  it('for the buyer in full leaves nothing to release', () => {
    const others = [shipped(pots), shipped(food), delivered(pots), delivered(food), released(food)];
    given(...paid, ...others, opened, decided(inFull))
      .when(noteRelease)
      .yields();
    given(...paid, ...others, opened, decided(inFull))
      .when({ type: 'Cancel', at, by: admin })
      .refuses('ALREADY_SETTLED');
  });
  const tea = asId<'Variant'>('tea');
  const jugOff = { type: 'CancelLine', at, variantId: jug.id, quantity: 1, cancellationId } as const;
  const callingOff: readonly OrderCommand[] = [
    { type: 'Cancel', at, by: buyer },
    { type: 'Cancel', at, by: admin },
    { type: 'CancelShipment', at, by: potter, shipmentId: pots, cancellationId },
    { ...jugOff, by: buyer },
    { ...jugOff, by: potter },
  ];
  it.each([
    ['for the seller', [decided(forSeller)]],
    ['for the seller, who was paid', [decided(forSeller), released(pots, true)]],
    ['and whose seller was paid before that was heard', [released(pots, true)]],
    ['for the buyer in part', [decided(inPart)]],
  ])('%s settles its shipment: nobody calls it off', (_, settled) => {
    for (const command of callingOff)
      given(...paid, opened, ...settled)
        .when(command)
        .refuses('ALREADY_SETTLED');
  });
  it('leaves the other shipments to be called off', () =>
    given(...paid, decided(forSeller))
      .when({ type: 'CancelLine', at, by: buyer, variantId: tea, quantity: 3, cancellationId })
      .yields(linesCancelled(food, [{ variantId: tea, quantity: 3 }], 1005n, buyer)));
  it('by withdrawing settles nothing', () =>
    given(...paid, opened, decided({ outcome: 'WITHDRAWN', back: 0n, paid: 0n }))
      .when({ ...jugOff, by: buyer })
      .yields(linesCancelled(pots, [{ variantId: jug.id, quantity: 1 }], 2000n, buyer)));
  it('gives back no more than was paid with what was called off before it was heard of', () =>
    given(...paid, linesCancelled(pots, rest.slice(1), 2000n, buyer))
      .when(noteDecided(inFull))
      .yields(decided(inFull), linesCancelled(pots, rest.slice(0, 1), 0n, admin)));
  it('for the seller before it was sent leaves the goods to be sent, and the order ends when they have arrived', () => {
    const order = [...paid, linesCancelled(food, [{ variantId: tea, quantity: 3 }], 1005n, potter)];
    const ahead = [...order, opened, decided(forSeller), released(pots, true)];
    const statusAfter = (...events: readonly OrderEvent[]) => {
      const after = [...ahead, ...events].reduce(evolve, initial);
      return after.phase === 'ABSENT' ? null : statusOf(after);
    };
    expect(statusAfter()).toBe('CONFIRMED');
    expect(statusAfter(shipped(pots))).toBe('SHIPPED');
    expect(statusAfter(shipped(pots), delivered(pots))).toBe('DELIVERED');
    given(...ahead, shipped(pots))
      .when({ type: 'ConfirmDelivery', at, by: buyer, shipmentId: pots })
      .yields(delivered(pots), released(pots));
    expect(statusAfter(shipped(pots), delivered(pots), released(pots))).toBe('COMPLETED');
  });
});
