/** What checking out needs of the world inside one transaction. */
import type { Id, Instant } from '@emporium/domain';
import type { Coupon } from '../../domain/checkout/coupon.ts';
import type { Destination } from '../../domain/checkout/quote.ts';
import type { CheckoutRules } from '../../domain/checkout/rules.ts';
import type {
  NewPromotion,
  NewShippingRate,
  NewTaxRule,
  PromotionView,
  RuleOwner,
  RulePage,
  ShippingRateKey,
  ShippingRateView,
  TaxRuleView,
} from './rule-views.ts';

type OrderId = Id<'Order'>;
type UserId = Id<'User'>;
type VariantId = Id<'Variant'>;
export type PromotionId = Id<'Promotion'>;

export type RulesInForce = {
  /** The database's time, at which they are. */
  readonly at: Instant;
  readonly rules: Omit<CheckoutRules, 'coupon'>;
  /** The categories of goods that are not of the standard one. */
  readonly taxCategories: ReadonlyMap<VariantId, string>;
};

/** The rules that are in force now for goods of some sellers at a destination. */
export type CheckoutRulebook = {
  inForce(about: {
    destination: Destination;
    sellerIds: readonly UserId[];
    variantIds: readonly VariantId[];
  }): Promise<RulesInForce>;
};

/** Coupons and their uses. */
export type Coupons = {
  /** By the key of a code. */
  find(key: string, buyerId: UserId): Promise<Coupon | null>;
  /** Takes one use; false when none is left. Those who want the same coupon at once take turns. */
  redeem(use: { promotionId: PromotionId; buyerId: UserId; orderId: OrderId }): Promise<boolean>;
  /** The order came to nothing: its use is free again, once. */
  giveBack(orderId: OrderId): Promise<void>;
  /** How many unknown codes the buyer tried within an hour from the first. */
  wrongGuesses(buyerId: UserId): Promise<number>;
  noteWrongGuess(buyerId: UserId): Promise<void>;
};

/** Where rules are set. Lists come newest first, but rates, which come by country. */
export type RuleKeeping = {
  /** Of the same country, method and currency the last one holds. */
  setShippingRate(rate: NewShippingRate): Promise<ShippingRateView>;
  /** Null when there is none. */
  removeShippingRate(key: ShippingRateKey): Promise<ShippingRateView | null>;
  /** Beside the one of this key. Whoever counts is alone with the owner's rates until the transaction ends. */
  countOtherShippingRates(key: ShippingRateKey): Promise<number>;
  shippingRates(owner: RuleOwner, page: RulePage): Promise<readonly ShippingRateView[]>;
  addTaxRule(rule: NewTaxRule): Promise<TaxRuleView>;
  taxRules(page: RulePage): Promise<readonly TaxRuleView[]>;
  setTaxCategory(variantId: VariantId, category: string): Promise<void>;
  /** Null when the code is taken: once used it is for ever. */
  addPromotion(promotion: NewPromotion): Promise<PromotionView | null>;
  /** How many that need no code have not ended. Whoever counts is alone with the owner's until the transaction ends. */
  countAutomatic(owner: RuleOwner): Promise<number>;
  ownerOfPromotion(id: PromotionId): Promise<{ readonly owner: RuleOwner } | null>;
  endPromotion(id: PromotionId): Promise<PromotionView>;
  promotions(owner: RuleOwner, page: RulePage): Promise<readonly PromotionView[]>;
};
