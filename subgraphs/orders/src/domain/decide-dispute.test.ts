import { asId } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve, initial } from './order.ts';
import type { NoteDisputeDecided, OrderCommand } from './order-command.ts';
import type { OrderEvent } from './order-event.ts';
import {
  admin,
  at,
  cancelled,
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
      .yields(released(pots));
    given(...paid)
      .when(noteRelease)
      .yields(released(pots));
  });
  it('for the buyer in full calls off what was not sent', () => {
    given(...paid, opened)
      .when(noteDecided(inFull))
      .yields(decided(inFull), linesCancelled(pots, rest, 0n, admin));
    given(...paid, linesCancelled(food, [{ variantId: asId('tea'), quantity: 3 }], 1005n, potter), opened)
      .when(noteDecided(inFull))
      .yields({ type: 'Cancelled', at, by: admin.id }, decided(inFull));
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
  it('gives back no more than was paid with what is called off afterwards', () => {
    const cancel: OrderCommand = {
      ...{ type: 'CancelShipment', at, by: potter, shipmentId: pots, cancellationId },
    };
    given(...paid, opened, decided(inPart))
      .when(cancel)
      .yields(linesCancelled(pots, rest, 3000n, potter));
    given(...paid, decided({ outcome: 'BUYER', back: 3000n, paid: 700n }))
      .when({ type: 'CancelLine', at, by: potter, ...{ variantId: jug.id, quantity: 1 }, cancellationId })
      .yields(linesCancelled(pots, [{ variantId: jug.id, quantity: 1 }], 700n, potter));
  });
  it('for the seller before it was sent keeps the whole order from being called off', () =>
    given(...paid, released(pots))
      .when({ type: 'Cancel', at, by: admin })
      .refuses('ALREADY_SETTLED'));
  it('for the seller of what was not sent ends the order, and nobody calls it off', () =>
    given(...paid, released(pots), released(food))
      .when({ type: 'CancelShipment', at, by: potter, shipmentId: pots, cancellationId })
      .refuses('NOT_CONFIRMED'));
});
