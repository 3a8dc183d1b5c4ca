import { asId } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve, initial } from './order.ts';
import type { OrderCommand } from './order-command.ts';
import type { OrderEvent } from './order-event.ts';
import {
  admin,
  allOff,
  at,
  buyer,
  cancelled,
  cancelledBy,
  cancelledUnpaid,
  confirmed,
  delivered,
  failed,
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
  shipped,
  stranger,
  tea,
  total,
} from './sample-order.ts';

const given = specify({ decide, evolve, initial });

const noteReservation: OrderCommand = { type: 'NoteReservation', at, backordered: [] };
const waitingFor = (mugs: number, teas = 0) => [
  { variantId: mug.id, quantity: mugs },
  ...(teas > 0 ? [{ variantId: tea.id, quantity: teas }] : []),
];
const noteFilled = (mugs: number): OrderCommand => ({
  type: 'NoteBackorderFilled',
  at,
  waiting: waitingFor(mugs),
});
const waits = (mugs: number, teas = 0): OrderEvent => ({
  type: 'StockReserved',
  at,
  backordered: waitingFor(mugs, teas),
});
const filled = (mugs: number): OrderEvent => ({ type: 'BackorderFilled', at, waiting: waitingFor(mugs) });
const noteRejection: OrderCommand = { type: 'NoteRejection', at };
const notePayment: OrderCommand = { type: 'NotePayment', at, paymentId, amount: total };
const noteDecline: OrderCommand = { type: 'NoteDecline', at };
const timeOutReserve: OrderCommand = {
  type: 'TimeOut',
  at,
  step: 'RESERVE',
  retries: 0,
  lastResort: 'FAIL',
};
const timeOutPay: OrderCommand = { type: 'TimeOut', at, step: 'PAY', retries: 0, lastResort: 'FAIL' };
const cancel: OrderCommand = { type: 'Cancel', at, by: buyer };
const ship = {
  type: 'Ship',
  at,
  by: potter,
  shipmentId: pots,
  carrier: 'Royal Mail',
  trackingNumber: 'RM-1234',
  lines: null,
} as const;
const confirmDelivery = { type: 'ConfirmDelivery', at, by: buyer, shipmentId: pots } as const;
const noteRelease: OrderCommand = { type: 'NoteRelease', at, shipmentId: pots, isDecided: false };
const noteRefund: OrderCommand = { type: 'NoteRefund', at, paymentId, amount: gbp(5n), refundId: null };
const late = (type: 'Reservation' | 'Rejection' | 'Payment' | 'Decline') =>
  ({ type: `${type}CameLate`, at }) as const;

const paid = [placed, reserved, confirmed] as const;
const completed = [...paid, shipped(pots), shipped(food), released(pots), released(food)] as const;
const ends = [
  ['failed', [placed, failed('RESERVATION_TIMED_OUT')]],
  ['cancelled', [placed, cancelled]],
] as const;

describe('an order that was never placed', () => {
  it.each([
    noteReservation,
    noteRejection,
    notePayment,
    noteDecline,
    timeOutPay,
    cancel,
    ship,
    confirmDelivery,
    noteRelease,
    noteRefund,
    noteFilled(0),
  ])('refuses $type', (command) => given().when(command).refuses('NOT_FOUND'));
});

describe('a reservation', () => {
  it('moves a pending order on', () => given(placed).when(noteReservation).yields(reserved));
  it('is heard once', () => given(placed, reserved).when(noteReservation).yields());
  it('is heard once, also when the order has ended since', () =>
    given(...paid, cancelled)
      .when(noteReservation)
      .yields());
  it.each(ends)('comes too late for a %s order', (_, history) =>
    given(...history)
      .when(noteReservation)
      .yields(late('Reservation')),
  );
  it('comes too late once', () =>
    given(placed, cancelled, late('Reservation')).when(noteReservation).yields());
});

describe('a rejection', () => {
  it('fails a pending order', () => given(placed).when(noteRejection).yields(failed('OUT_OF_STOCK')));
  it('is heard once', () => given(placed, failed('OUT_OF_STOCK')).when(noteRejection).yields());
  it.each(ends)('comes too late for a %s order', (_, history) =>
    given(...history)
      .when(noteRejection)
      .yields(late('Rejection')),
  );
  it('comes too late once', () => given(placed, cancelled, late('Rejection')).when(noteRejection).yields());
  it('cannot follow a reservation', () =>
    given(placed, reserved).when(noteRejection).refuses('ALREADY_RESERVED'));
});

describe('a payment', () => {
  it('confirms a reserved order', () => given(placed, reserved).when(notePayment).yields(confirmed));
  it('is heard once', () =>
    given(...paid)
      .when(notePayment)
      .yields());
  it('is heard once, also when the order has ended since', () =>
    given(...paid, cancelled)
      .when(notePayment)
      .yields());
  it('of another amount is refused', () =>
    given(placed, reserved)
      .when({ ...notePayment, amount: gbp(4704n) })
      .refuses('WRONG_AMOUNT'));
  it('in another currency is refused', () =>
    given(placed, reserved)
      .when({ ...notePayment, amount: { ...total, currency: 'USD' } })
      .refuses('WRONG_AMOUNT'));
  it('that is a second one is refused', () =>
    given(...paid)
      .when({ ...notePayment, paymentId: asId('another') })
      .refuses('ANOTHER_PAYMENT'));
  it('that nobody asked for is refused', () => given(placed).when(notePayment).refuses('NOT_REQUESTED'));
  it.each(ends)('comes too late for a %s order', (_, history) =>
    given(...history)
      .when(notePayment)
      .yields(late('Payment')),
  );
  it('comes too late once', () => given(placed, cancelled, late('Payment')).when(notePayment).yields());
});

describe('a declined payment', () => {
  it('fails a reserved order', () =>
    given(placed, reserved).when(noteDecline).yields(failed('PAYMENT_DECLINED')));
  it('is heard once', () => given(placed, reserved, failed('PAYMENT_DECLINED')).when(noteDecline).yields());
  it('that nobody asked for is refused', () => given(placed).when(noteDecline).refuses('NOT_REQUESTED'));
  it('cannot follow a captured one', () =>
    given(...paid)
      .when(noteDecline)
      .refuses('ALREADY_PAID'));
  it.each(ends)('comes too late for a %s order', (_, history) =>
    given(...history)
      .when(noteDecline)
      .yields(late('Decline')),
  );
  it('comes too late once', () => given(placed, cancelled, late('Decline')).when(noteDecline).yields());
});

describe('a deadline', () => {
  it('ends an order that waits for stock', () =>
    given(placed).when(timeOutReserve).yields(failed('RESERVATION_TIMED_OUT')));
  it('ends an order that waits for money', () =>
    given(placed, reserved).when(timeOutPay).yields(failed('PAYMENT_TIMED_OUT')));
  it.each([
    ['the stock came first', timeOutReserve, [placed, reserved]],
    ['the money came first', timeOutPay, paid],
    ['the order was cancelled first', timeOutReserve, [placed, cancelled]],
    ['the step has not begun', timeOutPay, [placed]],
  ] as const)('does nothing when %s', (_, command, history) =>
    given(...history)
      .when(command)
      .yields(),
  );
});

describe('cancelling', () => {
  it.each([
    ['pending', [placed], cancelledUnpaid],
    ['reserved', [placed, reserved], cancelledUnpaid],
    ['confirmed', paid, cancelled],
  ] as const)(
    'ends a %s order, and says what is not sent and what of its price goes back',
    (_, history, then) =>
      given(...history)
        .when(cancel)
        .yields(then),
  );
  it('says what is left when parts were called off before', () =>
    given(...paid, linesCancelled(pots, [{ variantId: mug.id, quantity: 2 }], 1700n, buyer))
      .when(cancel)
      .yields(
        cancelledBy(
          buyer,
          { shipmentId: pots, lines: [{ variantId: jug.id, quantity: 1 }], amount: gbp(2000n) },
          { shipmentId: food, lines: [{ variantId: tea.id, quantity: 3 }], amount: gbp(1005n) },
        ),
      ));
  it('is open to administrators', () =>
    given(placed)
      .when({ ...cancel, by: admin })
      .yields(cancelledBy(admin, ...allOff(0n, 0n))));
  it.each([potter, stranger])('is not for $id', (by) =>
    given(placed)
      .when({ ...cancel, by })
      .refuses('NOT_FOUND'),
  );
  it('happens once', () => given(placed, cancelled).when(cancel).yields());
  it('stops once anything has shipped', () =>
    given(...paid, shipped(food))
      .when(cancel)
      .refuses('ALREADY_SHIPPED'));
  it('stops for that reason, too, when what has shipped is paid and the rest has not', () =>
    given(...paid, shipped(food), delivered(food), released(food))
      .when(cancel)
      .refuses('ALREADY_SHIPPED'));
  it.each([
    ['failed', [placed, failed('OUT_OF_STOCK')]],
    ['completed', completed],
  ] as const)('is too late for a %s order', (_, history) =>
    given(...history)
      .when(cancel)
      .refuses('ALREADY_SETTLED'),
  );
});

describe('shipping', () => {
  it('sends a paid shipment', () =>
    given(...paid)
      .when(ship)
      .yields(shipped(pots)));
  it('is open to administrators', () =>
    given(...paid)
      .when({ ...ship, by: admin })
      .yields({ ...shipped(pots), by: admin.id } as OrderEvent));
  it.each([buyer, grocer, stranger])('is not for $id', (by) =>
    given(...paid)
      .when({ ...ship, by })
      .refuses('NOT_FOUND'),
  );
  it('needs a shipment of this order', () =>
    given(...paid)
      .when({ ...ship, shipmentId: asId('gone') })
      .refuses('NOT_FOUND'));
  it.each([
    ['pending', 'NOT_CONFIRMED', [placed]],
    ['reserved', 'NOT_CONFIRMED', [placed, reserved]],
    ['failed', 'NOT_CONFIRMED', [placed, failed('OUT_OF_STOCK')]],
    ['cancelled', 'ALREADY_CANCELLED', [...paid, cancelled]],
  ] as const)('is not possible for a %s order', (_, refusal, history) =>
    given(...history)
      .when(ship)
      .refuses(refusal),
  );
  it('may be said twice', () =>
    given(...paid, shipped(pots), delivered(pots))
      .when(ship)
      .yields());
  it('cannot be said otherwise', () =>
    given(...paid, shipped(pots))
      .when({ ...ship, trackingNumber: 'RM-9999' })
      .refuses('ALREADY_SHIPPED'));
});

describe('what waits for goods to come', () => {
  it('keeps its shipment back, and no other', () => {
    given(placed, waits(1), confirmed).when(ship).refuses('BACKORDERED');
    given(placed, waits(1), confirmed)
      .when({ ...ship, by: grocer, shipmentId: food })
      .yields(shipped(food));
  });
  it('ships when all of it has come', () => {
    given(placed, waits(2), confirmed, filled(1)).when(ship).refuses('BACKORDERED');
    given(placed, waits(2), confirmed, filled(1), filled(0)).when(ship).yields(shipped(pots));
  });
  it('is what was heard lowest, in whatever order and however often', () => {
    given(placed, waits(2)).when(noteFilled(1)).yields(filled(1));
    given(placed, waits(2), filled(0)).when(noteFilled(1)).yields();
    given(placed, waits(2), filled(1)).when(noteFilled(1)).yields();
  });
  it('may have come before the reservation was heard of', () => {
    given(placed).when(noteFilled(0)).yields(filled(0));
    given(placed, filled(0))
      .when({ type: 'NoteReservation', at, backordered: waitingFor(2) })
      .yields(waits(2));
    given(placed, filled(0), waits(2), confirmed).when(ship).yields(shipped(pots));
  });
  it.each(ends)('is of no interest to an order that has %s', (_, history) =>
    given(...history)
      .when(noteFilled(0))
      .yields(),
  );
  it('does not keep a buyer from cancelling', () =>
    given(placed, waits(1), confirmed).when(cancel).yields(cancelled));
});

describe('confirming a delivery', () => {
  it('delivers a shipment', () =>
    given(...paid, shipped(pots))
      .when(confirmDelivery)
      .yields(delivered(pots)));
  it('may come after the seller was paid', () =>
    given(...completed)
      .when(confirmDelivery)
      .yields(delivered(pots)));
  it('may be said twice', () =>
    given(...paid, shipped(pots), delivered(pots))
      .when(confirmDelivery)
      .yields());
  it('needs a shipment that was sent', () =>
    given(...paid)
      .when(confirmDelivery)
      .refuses('NOT_SHIPPED'));
  it.each([potter, admin, stranger])('is not for $id', (by) =>
    given(...paid, shipped(pots))
      .when({ ...confirmDelivery, by })
      .refuses('NOT_FOUND'),
  );
});

describe('a release', () => {
  it('pays for a delivered shipment', () =>
    given(...paid, shipped(pots), delivered(pots))
      .when(noteRelease)
      .yields(released(pots)));
  it('pays for a shipped shipment', () =>
    given(...paid, shipped(pots))
      .when(noteRelease)
      .yields(released(pots)));
  it('is heard once', () =>
    given(...paid, shipped(pots), released(pots))
      .when(noteRelease)
      .yields());
  it('needs a shipment that was sent', () =>
    given(...paid)
      .when(noteRelease)
      .refuses('NOT_SHIPPED'));
  it('needs a shipment of this order', () =>
    given(...paid)
      .when({ ...noteRelease, shipmentId: asId('gone') })
      .refuses('NOT_FOUND'));
  it('does not pay for a cancelled order', () =>
    given(...paid, cancelled)
      .when(noteRelease)
      .refuses('NOT_SHIPPED'));
});

describe('a refund', () => {
  it('is noted', () =>
    given(...paid, cancelled)
      .when(noteRefund)
      .yields({ type: 'Refunded', at, paymentId, amount: gbp(5n) }));
});

describe('a payment that waits for its buyer', () => {
  const note: OrderCommand = { type: 'NoteActionRequired', at };
  const waitsForBuyer: OrderEvent = { type: 'PaymentAwaitsBuyer', at };

  it('is noted once', () => {
    given(placed, reserved).when(note).yields(waitsForBuyer);
    given(placed, reserved, waitsForBuyer).when(note).yields();
  });
  it('is not noted when its order has ended or is paid', () => {
    given(placed, failed('OUT_OF_STOCK')).when(note).yields();
    given(...paid)
      .when(note)
      .yields();
  });
  it('is refused when nobody has asked for it', () => given(placed).when(note).refuses('NOT_REQUESTED'));
  it('is not asked for again', () =>
    given(placed, reserved, waitsForBuyer)
      .when({ ...timeOutPay, retries: 1 } as OrderCommand)
      .yields(failed('PAYMENT_TIMED_OUT')));
});

describe('a step without an answer', () => {
  const twice = { ...timeOutReserve, retries: 1 } as OrderCommand;
  const again = (step: 'RESERVE' | 'PAY' | 'REFUND'): OrderEvent => ({
    type: 'AskedAgain',
    at,
    step,
    attempt: 2,
  });
  const refundOverdue: OrderCommand = {
    type: 'TimeOut',
    at,
    step: 'REFUND',
    retries: 1,
    lastResort: 'PARK',
  };
  const parked: OrderEvent = { type: 'PurchaseParked', at, step: 'REFUND' };

  it('is asked for again', () => given(placed).when(twice).yields(again('RESERVE')));
  it('fails the order when that was the last time', () =>
    given(placed, again('RESERVE')).when(twice).yields(failed('RESERVATION_TIMED_OUT')));
  it('is counted anew for each step', () =>
    given(placed, again('RESERVE'), reserved)
      .when({ ...timeOutPay, retries: 1 } as OrderCommand)
      .yields(again('PAY')));
  it('can be left to a person', () =>
    given(placed)
      .when({ ...timeOutReserve, lastResort: 'PARK' } as OrderCommand)
      .yields({ type: 'PurchaseParked', at, step: 'RESERVE' }));
  it('of money to go back is, since the order has ended', () => {
    given(...paid, cancelled)
      .when(refundOverdue)
      .yields(again('REFUND'));
    given(...paid, cancelled, again('REFUND'))
      .when(refundOverdue)
      .yields(parked);
  });
  it('is not asked for when no money was taken', () =>
    given(placed, cancelled).when(refundOverdue).yields());
  it('is not asked for when the money has gone back', () =>
    given(...paid, cancelled, { type: 'Refunded', at, paymentId, amount: total })
      .when(refundOverdue)
      .yields());
});
