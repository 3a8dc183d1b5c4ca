/** Taxes: which rule is for what, and what it comes to. */
import { divideHalfEven, type Money } from '@emporium/domain';
import type { Destination, Reason } from './quote.ts';
import { type TaxRule, wholePpm } from './rules.ts';

export type Taxed = {
  readonly tax: Money;
  readonly includedTax: Money;
  readonly reasons: readonly Reason[];
};

/** Finds the rule of a category at a destination: the region's own, else the country's; null where there is none. */
export const taxRulesFor = (
  rules: readonly TaxRule[],
  { region }: Destination,
): ((category: string) => TaxRule | null) => {
  const keyOf = (of: string | null, category: string) => `${of ?? ''}/${category}`;
  const byKey = new Map(rules.map((rule) => [keyOf(rule.region, rule.category), rule]));
  return (category) =>
    (region === null ? null : byKey.get(keyOf(region, category))) ??
    byKey.get(keyOf(null, category)) ??
    null;
};

/**
 * The tax of what is paid for a line or for sending, rounded once, half to even. Where prices hold the tax, what is paid stays
 * as it is and the tax is the part of it that is not the base.
 */
export const taxOn = (paid: Money, rule: TaxRule | null): Taxed => {
  const { currency } = paid;
  const money = (minor: bigint): Money => ({ minor, currency });
  const nothing = money(0n);
  if (!rule) return { tax: nothing, includedTax: nothing, reasons: [] };
  const rate = BigInt(rule.ratePpm);
  const whole = BigInt(wholePpm) + (rule.inclusive ? rate : 0n);
  const amount = divideHalfEven(paid.minor * rate, whole);
  const { id: ruleId, version, name, ratePpm, inclusive } = rule;
  const because = { ruleId, version, name, ratePpm, amount: money(amount) };
  return inclusive
    ? {
        tax: nothing,
        includedTax: money(amount),
        reasons: [{ code: 'TAX_INCLUDED', ...because, base: money(paid.minor - amount) }],
      }
    : {
        tax: money(amount),
        includedTax: nothing,
        reasons: [{ code: 'TAX_ADDED', ...because, base: paid }],
      };
};
