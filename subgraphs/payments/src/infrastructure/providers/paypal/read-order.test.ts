import { expect, it } from 'vitest';
import { paypalOrder, stateOf } from './read-order.ts';

const capture = {
  key: 'ours',
  amount: { minor: 1000n, currency: 'GBP' },
  token: 'paypal',
  reference: 'order',
};
const amount = { currency_code: 'GBP', value: '10.00' };

/** An order of which so many parts say so much. */
const anOrder = (
  status: string,
  authorizations: string[] = [],
  captures: string[] = [],
  more: object = {},
) =>
  paypalOrder.parse({
    ...{ id: 'ORDER', status },
    purchase_units: [
      {
        ...{ custom_id: 'ours', amount },
        payments: {
          authorizations: authorizations.map((each) => ({ id: 'AUTH', status: each, amount })),
          captures: captures.map((each, at) => ({ id: `CAPTURE-${at}`, status: each, amount, ...more })),
        },
      },
    ],
  });

it.each([
  ['waits for its buyer', anOrder('CREATED'), { type: 'AWAITS_BUYER' }],
  ['was agreed to', anOrder('APPROVED'), { type: 'APPROVED' }],
  ['is void', anOrder('VOIDED'), { type: 'CANCELLED' }],
  ['says what we do not know', anOrder('NEW_STATUS'), { type: 'PROCESSING' }],
  ['is held', anOrder('COMPLETED', ['CREATED']), { type: 'AUTHORISED', authorizationId: 'AUTH' }],
  ['may be held soon', anOrder('COMPLETED', ['PENDING']), { type: 'PROCESSING' }],
  ['was let go', anOrder('COMPLETED', ['VOIDED']), { type: 'CANCELLED' }],
  ['is not held', anOrder('COMPLETED', ['DENIED']), { type: 'FAILED', authorizationId: null }],
  [
    'was taken',
    anOrder('COMPLETED', ['CAPTURED'], ['COMPLETED']),
    { type: 'CAPTURED', captureId: 'CAPTURE-0' },
  ],
  [
    'was given back',
    anOrder('COMPLETED', ['CAPTURED'], ['REFUNDED']),
    { type: 'CAPTURED', captureId: 'CAPTURE-0' },
  ],
  ['is being looked at', anOrder('COMPLETED', ['CAPTURED'], ['PENDING']), { type: 'PROCESSING' }],
  [
    'could not be taken',
    anOrder('COMPLETED', ['CREATED'], ['DECLINED']),
    { type: 'FAILED', authorizationId: 'AUTH' },
  ],
  [
    'was then let go',
    anOrder('COMPLETED', ['VOIDED'], ['DECLINED']),
    { type: 'FAILED', authorizationId: null },
  ],
  [
    'took another amount',
    anOrder('COMPLETED', ['CAPTURED'], ['COMPLETED'], { amount: { ...amount, value: '9.99' } }),
    { type: 'LIE' },
  ],
])('an order that %s', (_what, order, state) => expect(stateOf(order, capture)).toEqual(state));

it('an order of another payment is none of ours', () =>
  expect(stateOf(anOrder('APPROVED'), { ...capture, key: 'another' })).toEqual({ type: 'LIE' }));
