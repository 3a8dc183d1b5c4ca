import { decodeEvent, paymentCaptured } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { causeOf, currentCause, withCause } from './cause.ts';
import { outgoing } from './outgoing.ts';

const about = { aggregateId: 'p1', occurredAt: asInstant('2026-01-02T03:04:05.678Z') };
const payload = {
  orderId: asId<'Order'>('o1'),
  paymentId: asId<'Payment'>('p1'),
  amount: { minor: 9_007_199_254_740_993n, currency: 'GBP' },
};
const captured = (more: { correlationId?: string } = {}) =>
  outgoing(paymentCaptured, payload, { ...about, ...more });

describe('an outgoing event', () => {
  it('is read by its receiver as it was said', () => {
    const { id, subject, envelope } = captured();
    const received = decodeEvent(paymentCaptured, JSON.parse(JSON.stringify(envelope)));
    expect(received).toMatchObject({ id, occurredAt: about.occurredAt, payload });
    expect(subject).toBe('emporium.payments.captured.v1');
  });

  it('has an id that rises with time', () => {
    const ids = Array.from({ length: 100 }, () => captured().id);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(100);
  });

  it('begins a story of its own when nothing caused it', () => {
    expect(captured().envelope).toMatchObject({ correlationId: 'p1' });
    expect(captured().envelope).not.toHaveProperty('causationId');
    expect(captured().envelope).not.toHaveProperty('traceparent');
  });

  it('goes on with the story that caused it', async () => {
    const cause = { correlationId: 'o1', causationId: 'e1', traceparent: '00-1-2-01' };
    const { envelope } = await withCause(cause, async () => {
      await Promise.resolve();
      return captured();
    });
    expect(envelope).toMatchObject(cause);
    expect(currentCause()).toEqual({});
  });

  it('may name its story itself', () => {
    const { envelope } = withCause({ correlationId: 'session' }, () => captured({ correlationId: 'o1' }));
    expect(envelope.correlationId).toBe('o1');
  });

  it('causes what its receiver does', () => {
    const { envelope } = captured({ correlationId: 'o1' });
    expect(causeOf(decodeEvent(paymentCaptured, envelope))).toEqual({
      correlationId: 'o1',
      causationId: envelope.id,
      traceparent: undefined,
    });
  });

  it('that breaks its contract is a bug of the sender', () => {
    const amount = { minor: 1n, currency: 'pounds' };
    expect(() => outgoing(paymentCaptured, { ...payload, amount }, about)).toThrow();
  });
});
