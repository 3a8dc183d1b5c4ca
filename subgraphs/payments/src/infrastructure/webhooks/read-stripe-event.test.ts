import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { readStripeEvent } from './read-stripe-event.ts';

const secret = 'whsec_test';
const now = 1_800_000_000;
const body = Buffer.from(
  JSON.stringify({
    id: 'evt_1',
    type: 'payment_intent.succeeded',
    data: {
      object: {
        object: 'payment_intent',
        currency: 'gbp',
        amount_received: 500,
        metadata: { paymentId: 'ours' },
      },
    },
  }),
);
const signedAt = (seconds: number): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

it('is read when it was signed a moment ago', () =>
  expect(readStripeEvent(body, signedAt(now - 10), secret, now)).toMatchObject({
    id: 'evt_1',
    subject: 'ours',
    amount: { minor: 500n, currency: 'GBP' },
  }));

it.each([
  ['an old signature', signedAt(now - 400), 'STALE'],
  ['an old signature behind a new time', `t=${now},${signedAt(now - 400)}`, 'UNSIGNED'],
  ['an old signature before a new time', `${signedAt(now - 400)},t=${now}`, 'UNSIGNED'],
  ['a time without a signature', `t=${now}`, 'UNSIGNED'],
  ['nothing', undefined, 'UNSIGNED'],
])('is refused with %s', (_what, signature, refusal) =>
  expect(readStripeEvent(body, signature, secret, now)).toBe(refusal),
);
