import type { Instant } from '@emporium/domain';
import { badUserInput, showMoney } from '@emporium/subgraph';
import type { NewPromotion, PromotionView } from '../../application/checkout/rule-views.ts';
import { couponKey } from '../../domain/checkout/coupon.ts';
import type { Benefit } from '../../domain/checkout/rules.ts';
import { readInstant } from '../read-instant.ts';
import { readText } from '../read-text.ts';
import { readPercent, showPercent } from './percent.ts';
import type { CreatePromotionInput } from './promotion.type.ts';
import { readAmount } from './read-shipping-rate.ts';

const mostUnits = 1000;
const mostUses = 2_000_000_000;
const codeShape = /^[\p{L}\p{N}_-]{3,40}$/u;

const between = (value: number | null | undefined, highest: number, name: string): number => {
  if (value == null || value < 1 || value > highest) {
    throw badUserInput(`\`${name}\` must be 1 to ${highest}.`, `input.${name}`);
  }
  return value;
};

/** What says how much a promotion of a kind takes off. */
const termsOf = {
  PERCENTAGE: ['percent'],
  FIXED_AMOUNT: ['amount'],
  BUY_X_GET_Y: ['buy', 'get'],
} as const satisfies Record<Benefit['kind'], readonly (keyof CreatePromotionInput)[]>;

/** Whoever says more than a kind knows would have less taken off than they meant, or more. */
const refuseForeignTerms = (input: CreatePromotionInput): void => {
  for (const kind of Object.keys(termsOf) as Benefit['kind'][]) {
    const foreign = kind === input.kind ? undefined : termsOf[kind].find((name) => input[name] != null);
    if (!foreign) continue;
    throw badUserInput(
      `\`${foreign}\` is of promotions of the kind ${kind}: leave it out, or change \`kind\`.`,
      `input.${foreign}`,
    );
  }
};

const readBenefit = (input: CreatePromotionInput): Benefit => {
  refuseForeignTerms(input);
  const { kind, percent, amount, buy, get } = input;
  switch (kind) {
    case 'PERCENTAGE': {
      const ratePpm = percent == null ? null : readPercent(percent);
      if (!ratePpm)
        throw badUserInput('`percent` must be above 0, to 100, with up to four decimals.', 'input.percent');
      return { kind, ratePpm };
    }
    case 'FIXED_AMOUNT': {
      const money = amount ? readAmount(amount, 'input.amount') : null;
      if (!money?.minor) throw badUserInput('`amount` must be above zero.', 'input.amount');
      return { kind, amount: money };
    }
    case 'BUY_X_GET_Y':
      return { kind, buy: between(buy, mostUnits, 'buy'), get: between(get, mostUnits, 'get') };
  }
};

const readCode = (value: string | null | undefined): string | null => {
  if (value == null) return null;
  const code = value.trim();
  if (!codeShape.test(couponKey(code))) {
    throw badUserInput('`code` must be 3 to 40 letters, digits, hyphens and underscores.', 'input.code');
  }
  return code;
};

const readLimit = (input: CreatePromotionInput, name: 'limitTotal' | 'limitPerUser'): number | null => {
  if (input[name] == null) return null;
  if (input.code == null) throw badUserInput(`\`${name}\` needs a \`code\`.`, `input.${name}`);
  return between(input[name], mostUses, name);
};

/** Checks what a client could have checked alone. Without a beginning it begins now. */
export const readPromotion = (input: CreatePromotionInput, now: Instant): Omit<NewPromotion, 'owner'> => {
  const [validFrom, validUntil] = [readInstant(input.validFrom), readInstant(input.validUntil)];
  if (validUntil !== null && validUntil <= (validFrom ?? now)) {
    throw badUserInput(
      '`validUntil` must be after `validFrom`, and without that after now.',
      'input.validUntil',
    );
  }
  const benefit = readBenefit(input);
  const minimum = input.minimum ? readAmount(input.minimum, 'input.minimum') : null;
  // Goods come to an amount in one currency: none would ever come to both.
  if (benefit.kind === 'FIXED_AMOUNT' && minimum && minimum.currency !== benefit.amount.currency)
    throw badUserInput('`minimum` must be in the currency of `amount`.', 'input.minimum');
  return {
    name: readText(input.name, 100, 'input.name'),
    code: readCode(input.code),
    benefit,
    minimum,
    validFrom,
    validUntil,
    limitTotal: readLimit(input, 'limitTotal'),
    limitPerUser: readLimit(input, 'limitPerUser'),
  };
};

export const showPromotion = ({ benefit, minimum, sellerId: _, code, ...promotion }: PromotionView) => ({
  __typename: 'Promotion' as const,
  ...promotion,
  couponCode: code,
  kind: benefit.kind,
  percent: benefit.kind === 'PERCENTAGE' ? showPercent(benefit.ratePpm) : null,
  amount: benefit.kind === 'FIXED_AMOUNT' ? showMoney(benefit.amount) : null,
  buy: benefit.kind === 'BUY_X_GET_Y' ? benefit.buy : null,
  get: benefit.kind === 'BUY_X_GET_Y' ? benefit.get : null,
  minimum: minimum && showMoney(minimum),
});
