import { describe, expect, it } from 'vitest';
import { decodeEvent } from './envelope.ts';
import { paymentCaptured } from './events/payments.ts';

const message = {
  id: 'e1',
  occurredAt: '2026-01-02T03:04:05.678Z',
  correlationId: 'o1',
  payload: { orderId: 'o1', paymentId: 'p1', amount: { minor: '9007199254740993', currency: 'GBP' } },
};

describe('an event on the wire', () => {
  it('carries money beyond what a JSON number can hold', () => {
    expect(decodeEvent(paymentCaptured, message).payload.amount).toEqual({
      minor: 9_007_199_254_740_993n,
      currency: 'GBP',
    });
  });
  it('goes out as it came in', () => {
    expect(paymentCaptured.payload.encode(decodeEvent(paymentCaptured, message).payload)).toEqual(
      message.payload,
    );
  });
  it('may carry a field that this reader does not know', () => {
    const newer = { ...message, payload: { ...message.payload, colour: 'red' } };
    expect(decodeEvent(paymentCaptured, newer).payload).not.toHaveProperty('colour');
  });
  it('is refused without its amount', () => {
    expect(() =>
      decodeEvent(paymentCaptured, { ...message, payload: { orderId: 'o1', paymentId: 'p1' } }),
    ).toThrow();
  });
});
