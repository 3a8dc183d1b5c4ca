import { asId, asInstant } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { type Coupon, couponKey, couponRefusal } from './coupon.ts';

describe('a code', () => {
  it.each(['SPRING-ß1', ' spring-ß1 ', 'Ｓpring-ß１', 'spring-SS1'])('%s is the same', (code) =>
    expect(couponKey(code)).toBe('SPRING-SS1'),
  );
});

describe('a coupon', () => {
  const at = asInstant('2026-01-02T00:00:00.000Z');
  const later = asInstant('2026-01-03T00:00:00.000Z');
  const coupon = (changed: Partial<Coupon> = {}, terms: Partial<Coupon['terms']> = {}): Coupon => ({
    promotion: {
      id: asId('ten'),
      name: 'Ten',
      sellerId: null,
      code: 'TEN',
      benefit: { kind: 'PERCENTAGE', ratePpm: 100_000 },
      minimum: null,
    },
    terms: { validFrom: at, validUntil: later, limitTotal: 5, limitPerUser: 2, ...terms },
    redeemed: 4,
    redeemedByBuyer: 1,
    ...changed,
  });

  it('may be used from its first moment until its last use', () =>
    expect(couponRefusal(coupon(), at)).toBeNull());
  it.each([
    ['COUPON_UNKNOWN', null],
    ['COUPON_UNKNOWN', coupon({}, { validFrom: later })],
    ['COUPON_EXPIRED', coupon({}, { validUntil: at })],
    ['COUPON_USED_UP', coupon({ redeemed: 5 })],
    ['COUPON_ALREADY_USED', coupon({ redeemedByBuyer: 2 })],
  ])('is refused with %s', (code, given) => expect(couponRefusal(given, at)).toBe(code));
  it('is a guest’s to use unless it is counted by account', () => {
    expect(couponRefusal(coupon(), at, true)).toBe('COUPON_NEEDS_ACCOUNT');
    expect(couponRefusal(coupon({}, { limitPerUser: null }), at, true)).toBeNull();
    expect(couponRefusal(coupon({}, { validUntil: at }), at, true)).toBe('COUPON_EXPIRED');
  });
  it('without limits may be used for ever', () =>
    expect(
      couponRefusal(
        coupon({ redeemed: 10 ** 6 }, { validUntil: null, limitTotal: null, limitPerUser: null }),
        later,
      ),
    ).toBeNull());
});
