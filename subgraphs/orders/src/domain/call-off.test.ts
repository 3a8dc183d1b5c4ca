import { asId } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { backFor } from './given-back.ts';
import { evolve, initial, type Order } from './order.ts';
import type { OrderCommand } from './order-command.ts';
import type { OrderEvent } from './order-event.ts';
import {
  admin,
  allOff,
  at,
  buyer,
  cancelled,
  cancelledBy,
  confirmed,
  food,
  gbp,
  grocer,
  jug,
  linesCancelled,
  mug,
  parcelShipped,
  placed,
  pots,
  potter,
  reserved,
  shipped,
  stranger,
  tea,
} from './sample-order.ts';
import { leftIn, type Shipment, withoutUnits } from './shipment.ts';

const given = specify({ decide, evolve, initial });
const paid = [placed, reserved, confirmed] as const;
const cancellationId = asId<'Cancellation'>('cancellation');
const units = ({ id }: typeof mug, quantity: number) => ({ variantId: id, quantity });

const cancelShipment = (shipmentId = food, by = grocer): OrderCommand => ({
  ...{ type: 'CancelShipment', at, by, shipmentId, cancellationId },
});
const cancelLine = (of: typeof mug, quantity: number, by = buyer): OrderCommand => ({
  ...{ type: 'CancelLine', at, by, ...units(of, quantity), cancellationId },
});
const send = (
  lines: readonly ReturnType<typeof units>[] | null,
  trackingNumber = 'RM-0001',
): OrderCommand => ({
  ...{ type: 'Ship', at, by: potter, shipmentId: pots, carrier: 'Royal Mail', trackingNumber, lines },
});
const teaOff = linesCancelled(food, [units(tea, 3)], 1005n, grocer);

describe('a parcel', () => {
  it('takes a part, and the last one sends the shipment', () => {
    given(...paid)
      .when(send([units(mug, 1)]))
      .yields(parcelShipped([units(mug, 1)]));
    given(...paid, parcelShipped([units(mug, 1)]))
      .when(send([units(jug, 1), units(mug, 1)], 'RM-1234'))
      .yields(shipped(pots));
    given(...paid, parcelShipped([units(mug, 1)]))
      .when(send(null, 'RM-1234'))
      .yields(shipped(pots));
  });
  it('is sent once, however often it is said', () =>
    given(...paid, parcelShipped([units(mug, 1)]))
      .when(send([units(mug, 1)]))
      .yields());
  it('takes no more than is left, and nothing that is not there', () => {
    given(...paid, parcelShipped([units(mug, 1)]))
      .when(send([units(mug, 2)]))
      .refuses('MORE_THAN_LEFT');
    given(...paid)
      .when(send([units(tea, 1)]))
      .refuses('NOT_IN_SHIPMENT');
    given(...paid, linesCancelled(pots, [units(mug, 2)], 1700n, buyer))
      .when(send([units(mug, 1)]))
      .refuses('MORE_THAN_LEFT');
  });
  it('leaves behind what still has to come', () => {
    const waits: OrderEvent = { type: 'StockReserved', at, backordered: [units(mug, 1)] };
    given(placed, waits, confirmed)
      .when(send([units(mug, 2)]))
      .refuses('BACKORDERED');
    given(placed, waits, confirmed)
      .when(send([units(mug, 1)]))
      .yields(parcelShipped([units(mug, 1)]));
    given(placed, waits, confirmed, linesCancelled(pots, [units(mug, 2)], 1700n, buyer))
      .when(send(null, 'RM-1234'))
      .yields(shipped(pots));
  });
});

describe('what has not left when its buyer is gone', () => {
  const unsent: OrderCommand = {
    ...{ type: 'CancelUnsent', at, by: buyer },
    parts: [pots, food].map((shipmentId) => ({ shipmentId, cancellationId })),
  };
  it('is the whole order where nothing has', () => {
    given(...paid)
      .when(unsent)
      .yields(cancelled);
    given(placed, reserved)
      .when({ ...unsent, by: stranger })
      .refuses('NOT_FOUND');
  });
  it('is every shipment of which nothing has, and the rest of the others', () => {
    given(...paid, shipped(pots))
      .when(unsent)
      .yields({ ...teaOff, by: buyer.id } as OrderEvent);
    given(...paid, parcelShipped([units(mug, 1)]))
      .when(unsent)
      .yields(
        linesCancelled(pots, [units(mug, 1), units(jug, 1)], 2850n, buyer),
        { ...shipped(pots), by: buyer.id, trackingNumber: 'RM-0001' } as OrderEvent,
        { ...teaOff, by: buyer.id } as OrderEvent,
      );
  });
  it('is nothing where all has', () =>
    given(...paid, shipped(pots), shipped(food))
      .when(unsent)
      .yields());
});

describe('units of a line that were called off since somebody looked', () => {
  const again = (expectedCancelled: number): OrderCommand =>
    ({ ...cancelLine(mug, 1), expectedCancelled }) as OrderCommand;
  it('keep a request from doing it twice', () => {
    given(...paid)
      .when(again(0))
      .yields(linesCancelled(pots, [units(mug, 1)], 850n, buyer));
    given(...paid, linesCancelled(pots, [units(mug, 1)], 850n, buyer))
      .when(again(0))
      .refuses('LINE_CHANGED');
  });
});

describe('calling off a shipment', () => {
  it('gives back all of it, and the rest goes on', () =>
    given(...paid)
      .when(cancelShipment())
      .yields(teaOff));
  it('is for its seller and administrators', () => {
    given(...paid)
      .when(cancelShipment(food, admin))
      .yields({ ...teaOff, by: admin.id } as OrderEvent);
    for (const by of [potter, buyer, stranger])
      given(...paid)
        .when(cancelShipment(food, by))
        .refuses('NOT_FOUND');
  });
  it('is done once', () => {
    given(...paid, teaOff)
      .when(cancelShipment())
      .yields();
    given(...paid, cancelled)
      .when(cancelShipment())
      .yields();
  });
  it('ends the order when it is the last', () =>
    given(...paid, teaOff)
      .when(cancelShipment(pots, potter))
      .yields(linesCancelled(pots, [units(mug, 2), units(jug, 1)], 3700n, potter), cancelledBy(potter)));
  it('is too late when anything of it has left, and too early before the order is paid', () => {
    given(...paid, parcelShipped([units(mug, 1)]))
      .when(cancelShipment(pots, potter))
      .refuses('ALREADY_SHIPPED');
    given(placed, reserved).when(cancelShipment()).refuses('NOT_CONFIRMED');
  });
  it('keeps it from being sent', () =>
    given(...paid, linesCancelled(pots, [units(mug, 2), units(jug, 1)], 3700n, potter))
      .when(send(null))
      .refuses('ALREADY_CANCELLED'));
  it('does not keep the buyer from calling off the rest', () =>
    given(...paid, teaOff)
      .when({ type: 'Cancel', at, by: buyer })
      .yields(cancelledBy(buyer, ...allOff(3700n, 0n).slice(0, 1))));
  it('leaves its lines called off and its price given back, whether it was the last or not', () => {
    const steps: readonly OrderCommand[] = [
      cancelShipment(),
      cancelLine(mug, 1),
      cancelShipment(pots, potter),
      cancelLine(jug, 1),
    ];
    const end = steps.reduce<Order>(
      (order, command) => {
        const decision = decide(command, order);
        return decision.ok ? decision.events.reduce(evolve, order) : order;
      },
      paid.reduce<Order>(evolve, initial),
    );
    const { phase, shipments = [] } = end.phase === 'ABSENT' ? { phase: end.phase } : end;
    expect(phase).toBe('CANCELLED');
    for (const { lines, back, amount } of shipments) {
      expect(back).toEqual(amount);
      expect(lines.map((line) => line.cancelled)).toEqual(lines.map((line) => line.quantity));
    }
  });
});

describe('calling off a line', () => {
  it('is for the buyer before any of it has left, and for its seller before all of it has', () => {
    given(...paid)
      .when(cancelLine(mug, 1))
      .yields(linesCancelled(pots, [units(mug, 1)], 850n, buyer));
    const sent = [...paid, parcelShipped([units(mug, 1)])];
    given(...sent)
      .when(cancelLine(mug, 1))
      .refuses('ALREADY_SHIPPED');
    given(...sent)
      .when(cancelLine(mug, 1, potter))
      .yields(linesCancelled(pots, [units(mug, 1)], 850n, potter));
    given(...paid, shipped(pots))
      .when(cancelLine(mug, 1, potter))
      .refuses('ALREADY_SHIPPED');
    for (const by of [grocer, stranger])
      given(...paid)
        .when(cancelLine(mug, 1, by))
        .refuses('NOT_FOUND');
  });
  it('takes no more than is left', () => {
    given(...paid)
      .when(cancelLine(mug, 3))
      .refuses('MORE_THAN_LEFT');
    given(...paid, linesCancelled(pots, [units(mug, 2)], 1700n, buyer))
      .when(cancelLine(mug, 1))
      .refuses('ALREADY_CANCELLED');
  });
  it('sends the shipment when the rest of it has left', () =>
    given(...paid, parcelShipped([units(mug, 2)]))
      .when(cancelLine(jug, 1))
      .yields(linesCancelled(pots, [units(jug, 1)], 2000n, buyer), {
        ...shipped(pots),
        trackingNumber: 'RM-0001',
        by: buyer.id,
      } as OrderEvent));
  it('ends the order with its last unit', () =>
    given(...paid, teaOff, linesCancelled(pots, [units(mug, 2)], 1700n, buyer))
      .when(cancelLine(jug, 1))
      .yields(linesCancelled(pots, [units(jug, 1)], 2000n, buyer), cancelledBy(buyer)));
});

describe('what goes back', () => {
  const shipmentOf = (order: Order): Shipment => {
    const shipment = order.phase === 'ABSENT' ? undefined : order.shipments[0];
    if (!shipment) throw new Error('no shipment');
    return shipment;
  };
  const plain = shipmentOf([placed].reduce(evolve, initial));
  /** Three units for 1000, one for 7, and 299 for sending. */
  const odd: Shipment = {
    ...plain,
    amount: gbp(1306n),
    lines: [
      { ...units(mug, 3), paid: gbp(1000n), cancelled: 0, shipped: 0, returned: 0 },
      { ...units(jug, 1), paid: gbp(7n), cancelled: 0, shipped: 0, returned: 0 },
    ],
  };
  const calledOff = (shipment: Shipment, steps: readonly (readonly ReturnType<typeof units>[])[]) =>
    steps.reduce((now, lines) => withoutUnits(now, lines, backFor(now, lines)), shipment);

  it('sums to what was paid, in whatever parts', () => {
    const one = units(mug, 1);
    expect(backFor(odd, [one]).minor).toBe(333n);
    expect(calledOff(odd, [[one], [one], [one]]).back).toEqual(gbp(1000n));
    expect(calledOff(odd, [[units(mug, 2)], [one], [units(jug, 1)]]).back).toEqual(odd.amount);
    expect(calledOff(odd, [leftIn(odd)]).back).toEqual(odd.amount);
  });
  it('leaves what sending cost when anything is sent', () => {
    const sent = {
      ...odd,
      parcels: [{}] as unknown as Shipment['parcels'],
      lines: odd.lines.map((line) => (line.variantId === jug.id ? { ...line, shipped: 1 } : line)),
    };
    expect(calledOff(sent, [[units(mug, 3)]]).back).toEqual(gbp(1000n));
  });
});
