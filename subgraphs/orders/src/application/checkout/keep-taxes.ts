import { mayTouch, type RuleMaker } from '../../domain/checkout/may-keep.ts';
import type { Transact, VariantId } from '../ports.ts';
import type { NewTaxRule, TaxRuleView } from './rule-views.ts';

/** Adds a version of a rule; the ones before stay on record. For administrators, which the policy sees to. */
export const setTaxRule =
  (transact: Transact) =>
  (rule: NewTaxRule): Promise<TaxRuleView> =>
    transact(({ rules }) => rules.addTaxRule(rule));

export type TaxCategoryOutcome =
  | { readonly ok: true; readonly variantId: VariantId; readonly category: string }
  | { readonly ok: false; readonly refusal: 'NOT_FOUND' };

/** Says of which category a variant's goods are; its seller knows, and administrators may put it right. */
export const setTaxCategory =
  (transact: Transact) =>
  (by: RuleMaker, variantId: VariantId, category: string): Promise<TaxCategoryOutcome> =>
    transact(async ({ catalogue, rules }) => {
      const variant = (await catalogue.find([variantId])).get(variantId);
      if (!variant || !mayTouch(by, variant.sellerId)) return { ok: false, refusal: 'NOT_FOUND' };
      await rules.setTaxCategory(variantId, category);
      return { ok: true, variantId, category };
    });
