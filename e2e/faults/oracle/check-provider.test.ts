import { describe, expect, it } from 'vitest';
import { findMischarged, type Movement, type PaymentRow } from './check-provider.ts';

const amount = { minor: '1250', currency: 'GBP' };
const capture: Movement = { id: 'c', kind: 'CAPTURE', status: 'CAPTURED', reference: 'o', amount };
const refund: Movement = { id: 'r', kind: 'REFUND', status: 'REFUNDED', captureId: 'c', amount };
const paid: PaymentRow = { order_id: 'o', captured_minor: '1250', refunded_minor: '0', currency: 'GBP' };

const charged = 'a card is charged once for an order, and what payments booked';
const back = 'what went back to a card is what payments booked';
const unknown = 'a card is charged for nothing that payments does not know';

describe('what the provider moved', () => {
  it.each<[string, readonly Movement[], readonly PaymentRow[]]>([
    ['nothing', [], [{ ...paid, captured_minor: '0' }]],
    ['a charge', [capture], [paid]],
    [
      'a charge that was declined',
      [{ ...capture, status: 'DECLINED' }],
      [{ ...paid, captured_minor: '0' }],
    ],
    ['a charge for a top-up', [capture, { ...capture, id: 't', reference: 'top-up' }], [paid]],
    [
      'a charge that went back in two parts',
      [
        capture,
        { ...refund, amount: { minor: '1000', currency: 'GBP' } },
        { ...refund, amount: { minor: '250', currency: 'GBP' } },
      ],
      [{ ...paid, refunded_minor: '1250' }],
    ],
  ])('is sound: %s', (_, movements, payments) =>
    expect(findMischarged(movements, payments, ['top-up'])).toEqual([]),
  );

  it.each<[string, string, readonly Movement[], readonly PaymentRow[]]>([
    ['a charge that nobody booked', charged, [capture], [{ ...paid, captured_minor: '0' }]],
    ['a booked charge that never was', charged, [], [paid]],
    ['a second charge', charged, [capture, { ...capture, id: 'd' }], [paid]],
    ['another sum', charged, [capture], [{ ...paid, captured_minor: '1249' }]],
    ['another currency', charged, [capture], [{ ...paid, currency: 'EUR' }]],
    ['a charge for an order without a payment', unknown, [capture], []],
    ['a refund that nobody booked', back, [capture, refund], [paid]],
    ['a booked refund that never was', back, [capture], [{ ...paid, refunded_minor: '1250' }]],
    ['a second refund', back, [capture, refund, refund], [{ ...paid, refunded_minor: '1250' }]],
  ])('is found: %s', (_, rule, movements, payments) =>
    expect(findMischarged(movements, payments, []).map((each) => each.rule)).toEqual([rule]),
  );
});
