/** Codes that buyers type in, and whether one may be used. */
import type { Instant } from '@emporium/domain';
import type { Promotion } from './rules.ts';

/** The same for all ways of writing a code: compatibility forms, capitals and spaces around it make no difference. */
export const couponKey = (code: string): string =>
  code.normalize('NFKC').trim().toUpperCase().normalize('NFKC');

/** When and how often a promotion holds. */
export type Terms = {
  readonly validFrom: Instant;
  /** Exclusive; null for as long as nobody ends it. */
  readonly validUntil: Instant | null;
  readonly limitTotal: number | null;
  readonly limitPerUser: number | null;
};

/** A coupon as a buyer finds it, with how often it is taken: by all, and by them. */
export type Coupon = {
  readonly promotion: Promotion;
  readonly terms: Terms;
  readonly redeemed: number;
  readonly redeemedByBuyer: number;
};

/** COUPON_ATTEMPTS: too many codes of this buyer's were wrong lately. */
export type CouponRefusal =
  | 'COUPON_UNKNOWN'
  | 'COUPON_EXPIRED'
  | 'COUPON_USED_UP'
  | 'COUPON_ALREADY_USED'
  | 'COUPON_NEEDS_ACCOUNT'
  | 'COUPON_ATTEMPTS';

/** How many unknown codes a buyer may try in an hour. */
export const mostGuesses = 10;

/**
 * Why a coupon may not be used at that time; null when it may. One that is yet to come is not known. Guests cannot be told
 * apart, so what each may use so often is for accounts.
 */
export const couponRefusal = (
  coupon: Coupon | null,
  at: Instant,
  byGuest = false,
): CouponRefusal | null => {
  if (!coupon || at < coupon.terms.validFrom) return 'COUPON_UNKNOWN';
  const { validUntil, limitTotal, limitPerUser } = coupon.terms;
  if (validUntil !== null && at >= validUntil) return 'COUPON_EXPIRED';
  if (limitPerUser !== null && byGuest) return 'COUPON_NEEDS_ACCOUNT';
  if (limitPerUser !== null && coupon.redeemedByBuyer >= limitPerUser) return 'COUPON_ALREADY_USED';
  return limitTotal !== null && coupon.redeemed >= limitTotal ? 'COUPON_USED_UP' : null;
};
