/** What promotions take off the lines of a checkout. */
import { divideHalfEven, type Id, type Money } from '@emporium/domain';
import { allocate } from './allocate.ts';
import type { CheckoutLine, Reason } from './quote.ts';
import { type Promotion, wholePpm } from './rules.ts';

/** A line while things are being taken off: what it costs, and what is left of that. In minor units. */
type OpenLine = { readonly line: CheckoutLine; readonly goods: bigint; rest: bigint; reasons: Reason[] };

export type Discounted = { readonly discount: Money; readonly reasons: readonly Reason[] };

/** `discounts` are in the order of the lines; `taken` is what each promotion that took anything took, in minor units. */
export type Discounts = {
  readonly discounts: readonly Discounted[];
  readonly taken: ReadonlyMap<Id<'Promotion'>, bigint>;
};

/**
 * Applies promotions one after the other, each to what the ones before left. The one that would take most off if it were
 * alone comes first; of equal ones, the first by id.
 */
export const applyPromotions = (
  lines: readonly CheckoutLine[],
  promotions: readonly Promotion[],
): Discounts => {
  const open = lines.map((line): OpenLine => {
    const goods = line.unitPrice.minor * BigInt(line.quantity);
    return { line, goods, rest: goods, reasons: [] };
  });
  const bySeller = new Map<Id<'User'>, OpenLine[]>(lines.map(({ sellerId }) => [sellerId, []]));
  for (const each of open) bySeller.get(each.line.sellerId)?.push(each);
  const linesFor = ({ sellerId }: Promotion): readonly OpenLine[] =>
    sellerId === null ? open : (bySeller.get(sellerId) ?? []);
  const ranked = promotions
    .map((promotion) => ({ promotion, alone: total(sharesOf(promotion, linesFor(promotion))) }))
    .filter(({ alone }) => alone > 0n)
    .toSorted((a, b) => Number(b.alone - a.alone) || (a.promotion.id < b.promotion.id ? -1 : 1));
  const taken = new Map<Id<'Promotion'>, bigint>();
  for (const { promotion } of ranked) {
    const its = linesFor(promotion);
    const shares = sharesOf(promotion, its);
    for (const [index, line] of its.entries()) take(line, promotion, shares[index] ?? 0n);
    taken.set(promotion.id, total(shares));
  }
  return { discounts: open.map(discountedOf), taken };
};

/** Whether the lines that a promotion is for come to its minimum. */
export const reachesMinimum = (
  { minimum, sellerId }: Promotion,
  lines: readonly CheckoutLine[],
): boolean => {
  const its = lines.filter((line) => sellerId === null || line.sellerId === sellerId);
  const goods = total(its.map(({ unitPrice, quantity }) => unitPrice.minor * BigInt(quantity)));
  return minimum === null || (its[0]?.unitPrice.currency === minimum.currency && goods >= minimum.minor);
};

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

const lesser = (a: bigint, b: bigint): bigint => {
  if (a < b) return a;
  return b;
};

/** What a promotion takes off each of its lines as they stand. */
const sharesOf = (promotion: Promotion, its: readonly OpenLine[]): readonly bigint[] => {
  const { benefit } = promotion;
  const rest = total(its.map((line) => line.rest));
  const divide = (amount: bigint) =>
    allocate(
      amount,
      its.map(({ line, rest: weight }) => ({ key: line.variantId, weight })),
    );
  const lines = its.map(({ line }) => line);
  if (!reachesMinimum(promotion, lines)) return [];
  switch (benefit.kind) {
    case 'PERCENTAGE':
      return divide(divideHalfEven(rest * BigInt(benefit.ratePpm), BigInt(wholePpm)));
    case 'FIXED_AMOUNT': {
      if (its[0]?.line.unitPrice.currency !== benefit.amount.currency) return [];
      return divide(lesser(benefit.amount.minor, rest));
    }
    case 'BUY_X_GET_Y': {
      const { buy, get } = benefit;
      return its.map(({ line: { quantity, unitPrice }, rest: left }) => {
        const free = Math.floor(quantity / (buy + get)) * get;
        return lesser(unitPrice.minor * BigInt(free), left);
      });
    }
  }
};

const take = (line: OpenLine, { id: ruleId, name, benefit }: Promotion, amount: bigint): void => {
  if (amount === 0n) return;
  const { currency } = line.line.unitPrice;
  line.reasons.push({
    code: 'DISCOUNT',
    ruleId,
    version: 1,
    name,
    ratePpm: benefit.kind === 'PERCENTAGE' ? benefit.ratePpm : null,
    base: { minor: line.rest, currency },
    amount: { minor: amount, currency },
  });
  line.rest -= amount;
};

const discountedOf = ({ line, goods, rest, reasons }: OpenLine): Discounted => ({
  discount: { minor: goods - rest, currency: line.unitPrice.currency },
  reasons,
});
