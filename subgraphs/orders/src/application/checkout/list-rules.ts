import type { Transact } from '../ports.ts';
import type { RuleOwner, RulePage } from './rule-views.ts';

/** Pages of rules. Whose they are decides who may ask. */
export const listRules = (transact: Transact) => ({
  shippingRates: (owner: RuleOwner, page: RulePage) =>
    transact(({ rules }) => rules.shippingRates(owner, page)),
  promotions: (owner: RuleOwner, page: RulePage) => transact(({ rules }) => rules.promotions(owner, page)),
  taxRules: (page: RulePage) => transact(({ rules }) => rules.taxRules(page)),
});
