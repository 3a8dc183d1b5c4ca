import { asInstant, type Id, type Instant } from '@emporium/domain';
import type { Terms } from '../../domain/checkout/coupon.ts';
import type { Benefit, Promotion } from '../../domain/checkout/rules.ts';

/** A row of `promotions`, under the names that Prisma gives its columns. */
export type PromotionRow = {
  readonly id: string;
  readonly sellerId: string | null;
  readonly code: string | null;
  readonly name: string;
  readonly kind: string;
  readonly ratePpm: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly buy: number | null;
  readonly get: number | null;
  readonly minimumMinor: bigint | null;
  readonly minimumCurrency: string | null;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly limitTotal: number | null;
  readonly limitPerUser: number | null;
  readonly redeemed: number;
};

/** The database checks that each kind has its own columns. */
const benefitOf = ({ kind, ratePpm, amountMinor, currency, buy, get }: PromotionRow): Benefit => {
  switch (kind) {
    case 'PERCENTAGE':
      return { kind, ratePpm: ratePpm ?? 0 };
    case 'FIXED_AMOUNT':
      return { kind, amount: { minor: amountMinor ?? 0n, currency: currency ?? '' } };
    case 'BUY_X_GET_Y':
      return { kind, buy: buy ?? 1, get: get ?? 0 };
    default:
      throw new TypeError(`no promotion is a ${kind}`);
  }
};

export const promotionOf = (row: PromotionRow): Promotion => ({
  id: row.id as Id<'Promotion'>,
  name: row.name,
  sellerId: row.sellerId as Id<'User'> | null,
  code: row.code,
  benefit: benefitOf(row),
  minimum:
    row.minimumMinor !== null && row.minimumCurrency !== null
      ? { minor: row.minimumMinor, currency: row.minimumCurrency }
      : null,
});

const instantOf = (at: Date): Instant => asInstant(at.toISOString());

export const termsOf = ({ validFrom, validUntil, limitTotal, limitPerUser }: PromotionRow): Terms => ({
  validFrom: instantOf(validFrom),
  validUntil: validUntil && instantOf(validUntil),
  limitTotal,
  limitPerUser,
});
