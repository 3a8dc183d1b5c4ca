import { describe, expect, it } from 'vitest';
import { createRevocations, readRevocation } from './revocations.ts';

const minute = 60_000;

describe('a revocation', () => {
  it('is of a moment, in seconds or as a date', () => {
    const notBefore = Date.parse('2026-01-31T09:30:00.000Z');
    expect(readRevocation({ subject: 'ada', notBefore: notBefore / 1000 })).toEqual({
      subject: 'ada',
      notBefore,
    });
    expect(readRevocation({ subject: 'ada', notBefore: '2026-01-31T09:30:00.000Z' })).toEqual({
      subject: 'ada',
      notBefore,
    });
    expect(readRevocation({ id: 'e', payload: { subject: 'ada', notBefore: 5 } })).toEqual({
      subject: 'ada',
      notBefore: 5_000,
    });
  });

  it.each([
    null,
    {},
    { subject: 'ada' },
    { subject: '', notBefore: 1 },
    { subject: 'ada', notBefore: 'soon' },
  ])('is not %j', (json) => expect(() => readRevocation(json)).toThrow());

  it('counts for older tokens of its subject', () => {
    const { add, isRevoked } = createRevocations(10 * minute, () => 100 * minute);
    add({ subject: 'ada', notBefore: 99 * minute });
    expect(isRevoked({ subject: 'ada', issuedAt: 99 * minute - 1 })).toBe(true);
    expect(isRevoked({ subject: 'ada', issuedAt: 0 })).toBe(true);
    expect(isRevoked({ subject: 'ada', issuedAt: 99 * minute })).toBe(false);
    expect(isRevoked({ subject: 'bob', issuedAt: 0 })).toBe(false);
  });

  it('may be of one session', () => {
    const { add, isRevoked } = createRevocations(10 * minute, () => 100 * minute);
    add({ subject: 'session-1', notBefore: 99 * minute });
    const issuedAt = 98 * minute;
    expect(isRevoked({ subject: 'ada', issuedAt, session: { sid: 'session-1' } })).toBe(true);
    expect(isRevoked({ subject: 'ada', issuedAt, session: { sid: 'session-2' } })).toBe(false);
    expect(isRevoked({ subject: 'ada', issuedAt, session: {} })).toBe(false);
  });

  it('is not taken back by an earlier one', () => {
    const { add, isRevoked } = createRevocations(10 * minute, () => 0);
    expect(add({ subject: 'ada', notBefore: 5 })).toBe(true);
    expect(add({ subject: 'ada', notBefore: 4 })).toBe(false);
    expect(isRevoked({ subject: 'ada', issuedAt: 4 })).toBe(true);
  });

  it('is forgotten when all tokens that it could be about have expired', () => {
    let now = 0;
    const { add, isRevoked } = createRevocations(10 * minute, () => now);
    add({ subject: 'ada', notBefore: 5 });
    now = 10 * minute + 4;
    expect(isRevoked({ subject: 'ada', issuedAt: 0 })).toBe(true);
    now = 10 * minute + 5;
    expect(isRevoked({ subject: 'ada', issuedAt: 0 })).toBe(false);
  });
});
